import { type Rule, rule } from '../core/index.ts';
import { confusion, contrast, kappa } from '../measures/index.ts';
import {
  agreementLimit,
  gainLimit,
  misplacedConsequences,
  misplacements,
  pixelLimit,
  strengthOf,
} from './_placement.ts';
import { told } from './_reported.ts';
import { significant } from './_words.ts';

/** Enough when the reported value says the same. */
const agreementLimitReported = 0.3;
/** Before the first steps a network follows brightness by accident, if only by some hundredths. */
const contrastLimit = 0.2;

/** Foreground and background of a two-class target swapped. */
export const invertedTarget: Rule = rule({
  id: 'inverted-target',
  title: 'foreground and background of the mask are swapped',
  severity: 'error',
  explain: {
    test:
      "Two classes, at least 100 valid pixels. Cohen's kappa of the decisions (p > 1/2, or the winning class) against the " +
      'complement of the target is at least 0.4 and exceeds the kappa against the target by at least 0.2; 0.3 is enough when ' +
      '--reported equals the loss on the complement. Kappa takes away what chance and a large class give. And the mean probability of ' +
      'the foreground is at least 0.2 higher outside the mask than inside: an untrained network may side with the dark pixels, but it does not mean it.',
    why:
      'The prediction describes the complement of what the mask marks. Trained on, the network unlearns what it knows; ' +
      'evaluated, a good model gets a huge loss and a Dice near zero.',
    fix: [
      { framework: 'PyTorch', text: 'mask = 1 - mask (keep ignored pixels), or swap the two output channels' },
      { framework: 'MONAI', text: 'MapLabelValued with orig_labels=[0, 1], target_labels=[1, 0]' },
      { framework: 'Keras', text: 'y = 1 - y in the map of the masks' },
    ],
    exceptions:
      'A network early in training can lean to the wrong side by accident, but it does not agree to 0.4. Predictions made for the ' +
      'other class on purpose: swap them before comparing.',
    seen: ['https://github.com/milesial/Pytorch-UNet/issues/288'],
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\nbbbb',
      legend: { a: [2.3], b: [-2.6] },
      target: '0001\n0011\n0111\n0111',
      repeat: [4, 4],
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\nbbbb',
      legend: { a: [2.3], b: [-2.6] },
      target: '1110\n1100\n1000\n1000',
      repeat: [4, 4],
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['pair'],
  explains: [...misplacedConsequences, ...misplacements.filter((id) => id !== 'inverted-target')],
  needs: { confusion, contrast },
  check(values, subject, circumstances) {
    if (subject.rows !== 2 || subject.kind === 'multilabel')
      return { notApplicable: 'there are more than two classes' };
    const { matrix, valid } = values.confusion;
    if (matrix === null || !(valid >= pixelLimit)) return undefined;
    const [kept = 0, alarm = 0, miss = 0, hit = 0] = matrix;
    const now = kappa(matrix, 2);
    const after = kappa(Float64Array.of(miss, hit, kept, alarm), 2);
    const agrees = told(circumstances, ['inverted-target']) !== undefined;
    const limit = agrees ? agreementLimitReported : agreementLimit;
    const { inside, outside } = values.contrast;
    if (!(after >= limit && after - now >= gainLimit && outside - inside >= contrastLimit)) return undefined;
    const dice = (both: number, a: number, b: number): number => (2 * both) / (2 * both + a + b);
    return {
      message:
        `the prediction agrees with the complement of the mask: kappa ${significant(after, 3)} against 1 - mask, ` +
        `${significant(now, 3)} against the mask. invert the mask, or find out which class 1 stands for`,
      evidence: [
        { label: 'kappa against 1 - mask', value: after, limit },
        { label: 'kappa against the mask', value: now, limit: after - gainLimit },
        { label: 'mean foreground probability outside minus inside', value: outside - inside, limit: contrastLimit },
        { label: 'Dice of the foreground against 1 - mask', value: dice(alarm, hit, kept) },
        { label: 'Dice of the foreground against the mask', value: dice(hit, alarm, miss) },
      ],
      repair: { repair: 'invert-target' },
      strength: strengthOf(after),
    };
  },
});
