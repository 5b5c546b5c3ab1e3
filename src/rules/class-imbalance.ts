import { type Evidence, type Rule, rule, type Subject } from '../core/index.ts';
import { confusion, imageClasses, likelihood } from '../measures/index.ts';
import { classDice, className, weightsToPaste } from './_classes.ts';
import { percent, significant } from './_words.ts';

const rareLimit = 0.01;
const ratioLimit = 100;
/** A rare class that is found as well as this needs no help. */
const copingDice = 0.5;

/** Classes so rare that the loss hardly sees them. */
export const classImbalance: Rule = rule({
  id: 'class-imbalance',
  title: 'a class is so rare that missing it costs next to nothing',
  severity: 'warning',
  explain: {
    test:
      'The rarest class of the target has below 1 % of the valid pixels, and the largest more than 100 times as many. A note when ' +
      'every class below 1 % is found all the same, with a Dice of 0.5 or more, or class weights are in use.',
    why:
      'A mean over pixels gives each class the say of its area. A network that never looks for a class of 0.5 % pays about 0.03 in ' +
      'cross-entropy, less than for the slightly wrong outline of a large class, so the large ones are learned first and a small ' +
      'loss looks like success.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'weight=torch.tensor([...]) with one of the recipes of the evidence, or add a Dice loss',
      },
      { framework: 'SMP', text: 'DiceLoss or FocalLoss beside cross-entropy' },
      {
        framework: 'MONAI',
        text: 'DiceCELoss or DiceFocalLoss, weight=...; RandCropByLabelClassesd samples rare classes',
      },
      { framework: 'Keras', text: 'weights per pixel by tf.gather(weights, y) as sample_weight' },
      { framework: 'nnU-Net', text: 'its Dice + CE copes; oversample_foreground_percent for more' },
      { framework: 'mmseg', text: 'class_weight=[...] in the loss, or OHEMPixelSampler' },
    ],
    exceptions:
      'Weights make rare classes appear more often than they are: leave them out where calibrated probabilities matter.',
    seen: ['https://github.com/NVIDIA/DeepLearningExamples/issues/263'],
  },
  examples: {
    fires: {
      prediction: `aaaaaaaaaaaaaaa\n${'aaaaaaaaaaaaaaa\n'.repeat(8)}aaaaaaaaaaaaaaa`,
      legend: { a: [2.4, -2.2] },
      target: `000000000000000\n${'000000000000000\n'.repeat(8)}000000010000000`,
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '0001\n0011\n0111',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: [],
  needs: { classes: imageClasses, confusion, likelihood: likelihood({ id: 'log' }) },
  check(values, subject, { losses }) {
    if (subject.kind === 'multilabel')
      return { notApplicable: 'labels may overlap: each channel is a question of its own' };
    const pixels = [...values.classes.pixels];
    const valid = pixels.reduce((a, b) => a + b, 0);
    const present = pixels.filter((n) => n > 0);
    const [rarest, largest] = [Math.min(...present), Math.max(...present)];
    if (!(rarest / valid < rareLimit && largest / rarest > ratioLimit)) return undefined;
    const blind = subject.obstacles.some(({ blocks }) => blocks.includes('prediction'));
    const rare = pixels.flatMap((n, row) => (n > 0 && n / valid < rareLimit ? [row] : []));
    const coping = !blind && rare.every((row) => classDice(values.confusion, row) >= copingDice);
    const loss = blind ? null : values.likelihood.byRow;
    const evidence: Evidence[] = [
      { label: 'rarest class', value: (100 * rarest) / valid, unit: '%', limit: 100 * rareLimit },
      { label: 'largest over rarest', value: largest / rarest, limit: ratioLimit },
      { label: 'cross-entropy of never looking for it', value: missed(rarest / valid) },
      ...rare.map((row) => ({
        label: `class ${className(subject, row)}`,
        value: shares(row, pixels, loss, losses[0]?.gradient?.perClass ?? null),
      })),
      ...weightsToPaste(pixels),
    ];
    const f = rarest / valid;
    const ease = coping
      ? 'the rare classes are found all the same, so nothing needs doing'
      : `a network that never looks for it pays a cross-entropy of only ${significant(missed(f), 3)} for that. ${remedy(subject)}`;
    return {
      severity: coping || subject.weights !== null ? 'note' : 'warning',
      message:
        `class ${className(subject, pixels.indexOf(rarest))} has ${percent(f)} of the valid pixels, class ` +
        `${className(subject, pixels.indexOf(largest))} ${significant(largest / rarest, 3)} times as many; ${ease}`,
      evidence,
      strength: 0.6,
    };
  },
});

/** Entropy of the question whether a pixel is of a class of frequency f: what it costs to know the frequency only. */
function missed(f: number): number {
  return -f * Math.log(f) - (1 - f) * Math.log1p(-f);
}

function remedy({ weights }: Subject): string {
  return weights === null
    ? 'weigh the classes (--weights balanced shows the effect), or add a Dice loss'
    : 'class weights are in use; compare them with the recipes below';
}

/** "0.3 % of the pixels, 4 % of the cross-entropy, 1 % of the gradient". */
function shares(
  row: number,
  pixels: readonly number[],
  loss: Float64Array | null,
  gradient: readonly number[] | null,
): string {
  const share = (of: ArrayLike<number> | null, what: string): string[] => {
    const part = (of?.[row] ?? Number.NaN) / Array.from(of ?? []).reduce((a, b) => a + b, 0);
    return Number.isFinite(part) ? [`${percent(part)} of the ${what}`] : [];
  };
  return [...share(pixels, 'pixels'), ...share(loss, 'cross-entropy'), ...share(gradient, 'gradient')].join(', ');
}
