import { type Evaluation, type Rule, rule, type Subject, viewKey } from '../core/index.ts';
import { confusion, imageClasses } from '../measures/index.ts';
import { className, weightsToPaste } from './_classes.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

const foregroundLimit = 0.01;
const entropyShare = 0.9;
/** Recipes that are worth a try first. */
const gentle = ['balanced', 'sqrt-inverse'];
const plain = ['ce', 'bce', 'bce-logits'];

/** Cross-entropy that is small because there is hardly anything to find. */
export const tinyForeground: Rule = rule({
  id: 'tiny-foreground',
  title: 'a small loss that comes from a tiny foreground',
  severity: 'warning',
  explain: {
    test:
      'All classes but 0 together have below 1 % of the valid pixels, the declared loss is cross-entropy or binary cross-entropy ' +
      'without weights, and it is 90 % or more of what knowing the class frequencies alone would score.',
    why:
      'With 1 % of foreground, answering background everywhere costs 0.056, with 0.1 % it costs 0.008. Such a number looks like ' +
      'success, and the way from there to finding the object lowers it by next to nothing, so training stays where it is.',
    fix: [
      { framework: 'PyTorch', text: 'Dice + cross-entropy, or weight / pos_weight of up to (1 - f) / f' },
      { framework: 'MONAI', text: 'DiceCELoss or DiceFocalLoss; RandCropByPosNegLabeld(pos=1, neg=1)' },
      { framework: 'SMP', text: 'DiceLoss beside SoftBCEWithLogitsLoss, or FocalLoss' },
      { framework: 'nnU-Net', text: 'its Dice + CE; oversample_foreground_percent' },
      { framework: 'Keras', text: 'BinaryFocalCrossentropy, or Dice added to BinaryCrossentropy' },
    ],
    exceptions: 'The first steps of training, and crops that happen to hold little.',
    seen: ['https://github.com/jakeret/tf_unet/issues/31'],
  },
  examples: {
    fires: {
      prediction: `aaaaaaaaaaaaaaa\n${'aaaaaaaaaaaaaaa\n'.repeat(8)}aaaaaaaaaaaaaaa`,
      legend: { a: [-4.8] },
      target: `000000000000000\n${'000000000000000\n'.repeat(8)}000000010000000`,
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: `aaaaaaaaaaaaaaa\n${'aaaaaaaaaaaaaaa\n'.repeat(8)}aaaaaaabaaaaaaa`,
      legend: { a: [-4.8], b: [1.2] },
      target: `000000000000000\n${'000000000000000\n'.repeat(8)}000000010000000`,
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['pair'],
  explains: ['class-imbalance', 'no-better-than-prior', 'starved-class', 'threshold-misfit', 'loss-on-few-pixels'],
  needs: { classes: imageClasses, confusion },
  check(values, subject, circumstances) {
    if (subject.kind === 'multilabel') {
      return { notApplicable: 'labels may overlap: each channel is a question of its own' };
    }
    const loss = declaredLosses(circumstances).find((it) => isPlain(it, subject));
    if (loss === undefined) return { notApplicable: 'no cross-entropy without weights was declared (--loss)' };
    const pixels = [...values.classes.pixels];
    const share = 1 - (pixels[0] ?? 0) / pixels.reduce((a, b) => a + b, 0);
    if (!(share > 0 && share < foregroundLimit && loss.value >= entropyShare * loss.prior)) return undefined;
    const rows = pixels.flatMap((n, row) => (n > 0 && row > 0 ? [row] : []));
    return {
      message:
        `${percent(share)} of the pixels are not class 0, so that predicting the class frequencies everywhere costs only ` +
        `${significant(loss.prior, 3)}; the loss is ${significant(loss.value, 3)}. add a Dice loss or weights, and judge by the ` +
        'recall of the classes.',
      evidence: [
        { label: 'pixels that are not class 0', value: 100 * share, unit: '%', limit: 100 * foregroundLimit },
        { label: 'cost of knowing the frequencies only', value: loss.prior },
        { label: loss.spec.text, value: loss.value, limit: entropyShare * loss.prior },
        ...rows.slice(0, 8).map((row) => ({
          label: `recall of class ${className(subject, row)}`,
          value: (100 * (values.confusion.agreed[row] ?? 0)) / (pixels[row] ?? 0),
          unit: '%',
        })),
        ...weightsToPaste(pixels).filter(({ label }) => gentle.some((recipe) => label.endsWith(` ${recipe}`))),
      ],
      strength: 0.65,
    };
  },
});

function isPlain({ spec, wired, proper, raises }: Evaluation, { weights }: Subject): boolean {
  const { alpha = null, 'pos-weight': positive = null, reduction } = spec.options;
  const weighted = weights !== null || alpha !== null || positive !== null;
  const fed = raises === null && viewKey(wired) === viewKey(proper);
  return fed && plain.includes(spec.loss.id) && !weighted && reduction === 'mean';
}
