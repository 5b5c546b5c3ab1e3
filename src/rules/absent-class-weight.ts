import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { cellGroups, imageClasses, overlap, volumeWeights } from '../measures/index.ts';
import { className } from './_classes.ts';
import { declaredParts, pooling } from './_parts.ts';
import { listed, significant } from './_words.ts';

/** Beside a weight so much larger the others are lost in the rounding of float32. */
const ratioLimit = 1e6;

/** A weight that is one over nothing. */
export const absentClassWeight: Rule = rule({
  id: 'absent-class-weight',
  title: 'the weight of an absent class drowns all others',
  severity: 'error',
  explain: {
    test:
      'The largest class weight is more than a million times the smallest above 0, and belongs to a class without a pixel: in an ' +
      'image (or batch) for the weights that a declared generalised Dice loss makes, in the whole target for --weights. A warning ' +
      'where the class is there.',
    why:
      'Weights of one over the volume are infinite for a class that is absent, and 1e10 or 1e20 with a small number added. All that ' +
      'the loss then sees is the absent class: it is NaN, or stuck at 0 or 1, and the gradient of the others is lost in rounding. ' +
      'float32 keeps seven digits.',
    fix: [
      { framework: 'PyTorch', text: 'weights.clamp(max=...), 0 for absent classes, or volumes of the whole data set' },
      { framework: 'MONAI', text: 'GeneralizedDiceLoss(w_type="simple"), which bounds them, or DiceCELoss' },
      { framework: 'Keras', text: 'clamp the volumes from below before the reciprocal: tf.maximum(volume, 1)' },
      { framework: 'SegLoss', text: 'GDiceLoss adds 1e-10 to the volume: use Dice with cross-entropy instead' },
    ],
    exceptions:
      'A class of one pixel in a thousand weighs a million times the others under 1 / volume squared: a warning.',
    seen: ['https://github.com/Project-MONAI/MONAI/issues/371', 'https://github.com/keras-team/keras/issues/10890'],
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [2.4, -1.2, -2.5], b: [-1.1, 1.9, -2.4] },
      target: '0001\n0011\n0111\n0111',
      args: ['--loss', 'generalized-dice:absent=keep,volume-added=1e-10'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [2.4, -1.2, -2.5], b: [-1.1, 1.9, -2.4] },
      target: '0001\n0011\n0111\n0111',
      args: ['--loss', 'generalized-dice'],
    },
  },
  looksAt: ['pair'],
  explains: ['*', 'plateau-value', 'class-weight-order', 'empty-class-dice', 'vanishing-gradient'],
  needs: { sums: overlap, classes: imageClasses },
  check({ sums, classes }, subject, circumstances) {
    const generalized = declaredParts(circumstances).filter(({ spec }) => 'volume-added' in spec.options);
    const weights = subject.weights;
    if (weights === null && generalized.length === 0) {
      return { notApplicable: 'no class weights were given, and no generalised Dice loss was declared' };
    }
    for (const part of generalized) {
      const { batch, background } = pooling(part);
      for (const group of cellGroups(sums, batch, background)) {
        const volumes = group.map((cell) => cell.sum(sums.g));
        const rows = group.map(({ channel }) => (subject.kind === 'binary' ? 1 : channel));
        const where = batch || subject.images === 1 ? '' : ` in image ${group[0]?.images[0]}`;
        const found = finding(rows, volumes, volumeWeights(volumes, part.spec.options), where, subject);
        if (found === undefined) continue;
        const after = circumstances.retake(part, { absent: 'max' });
        if (part.spec.options.absent === 'max' || part.spec.options['volume-added'] > 0) return found;
        return { ...found, effect: { what: 'absent=max', loss: part.spec.text, before: part.value, after } };
      }
    }
    if (weights === null) return undefined;
    return finding([...weights.keys()], [...classes.pixels], weights, '', subject);
  },
});

function finding(
  rows: readonly number[],
  pixels: readonly number[],
  weights: readonly number[],
  where: string,
  subject: Subject,
): Finding | undefined {
  const used = weights.filter((w) => w > 0);
  const largest = Math.max(...used);
  const ratio = largest / Math.min(...used);
  const heavy = weights.flatMap((w, k) => (w === largest ? [k] : []));
  const absent = heavy.some((k) => pixels[k] === 0);
  // Infinity over infinity: every class is absent, and no weight drowns another.
  if (!(ratio > ratioLimit)) return undefined;
  const names = listed(heavy.map((k) => className(subject, rows[k] ?? k)));
  return {
    ...(absent ? {} : { severity: 'warning', title: 'one class weight drowns all others' }),
    message:
      `class ${names} ${absent ? 'has no pixel' : `has ${significant(pixels[heavy[0] ?? 0] ?? 0)} pixels`}${where} and the weight ` +
      `${significant(largest)}, ${significant(ratio, 3)} times the smallest; up to a million is allowed. clamp the weights, or give ` +
      'absent classes 0.',
    evidence: [
      { label: 'largest over smallest weight', value: ratio, limit: ratioLimit },
      ...weights.slice(0, 8).map((w, k) => ({
        label: `class ${className(subject, rows[k] ?? k)}`,
        value: `${significant(pixels[k] ?? 0)} pixels, weight ${significant(w)}`,
      })),
    ],
    strength: absent ? 0.85 : 0.5,
  };
}
