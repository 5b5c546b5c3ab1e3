import { type Rule, rule } from '../core/index.ts';
import { explanation, reportedNumber, reportedObstacle } from './_reported.ts';
import { significant } from './_words.ts';

const differenceLimit = 0.01;

/** A weighted mean that was divided by something else than declared. */
export const weightedMeanNormaliser: Rule = rule({
  id: 'weighted-mean-normaliser',
  title: 'the weighted mean is divided by something else',
  severity: 'note',
  explain: {
    test:
      'The reported value is the declared weighted loss divided by the number of pixels (or classes) instead of the sum of their ' +
      'weights, or the reverse, to all digits typed, and the two differ by more than 1 %. Needs --reported.',
    why:
      'torch divides a weighted mean by the sum of the weights that it met; most code written by hand divides by the number of ' +
      'pixels. With the first, weights cancel where a batch holds one class only; with the second, large weights raise the loss and ' +
      'the learning rate with it. Unnormalised class weights can make a Dice loss negative.',
    fix: [
      { framework: 'PyTorch', text: 'say which: reduction="none", then .sum() / weight[target].sum(), or .mean()' },
      { framework: 'MONAI', text: 'weight= in DiceCELoss follows torch for the cross-entropy part' },
      { framework: 'Keras', text: 'sample weights divide by the number of pixels; scale them to a mean of 1' },
      { framework: 'SMP', text: 'weights that average to 1 over the pixels make both the same' },
    ],
    exceptions: 'Both are in use. Compare losses of the same kind only.',
    seen: [
      'https://github.com/pytorch/pytorch/issues/25571',
      'https://github.com/pytorch/pytorch/issues/40560',
      'https://github.com/qubvel/segmentation_models/issues/183',
      'https://github.com/lee-zq/3DUNet-Pytorch/issues/31',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--weights', '2,0.5', '--reported', '0.57702'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--weights', '2,0.5', '--reported', '0.494588'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: {},
  check(_values, { weights }, circumstances) {
    const [loss] = circumstances.losses;
    const typed = reportedNumber(circumstances);
    const given = weights !== null && new Set(weights).size > 1;
    if (loss === undefined || !(given || loss.spec.loss.id === 'weighted-ce')) {
      return { notApplicable: 'no class weights were given (--weights), or all are equal' };
    }
    const obstacle = reportedObstacle(circumstances);
    if (obstacle !== null || typed === null) return obstacle ?? undefined;
    const match = explanation(circumstances, ['weighted-by-count', 'weighted-dice-unnormalised']);
    const difference = Math.abs((match?.value ?? Number.NaN) - loss.value) / Math.abs(loss.value);
    if (match === null || !(difference > differenceLimit)) return undefined;
    return {
      message:
        `${match.departures.join(', ')}, ${loss.spec.text} is the reported ${typed.text}; as declared it is ` +
        `${significant(loss.value, 6)}. declare the one that the code uses, and compare like with like.`,
      evidence: [
        { label: 'reported', value: typed.value },
        { label: `${loss.spec.text}, as declared`, value: loss.value },
        { label: 'difference', value: 100 * difference, unit: '%', limit: 100 * differenceLimit },
        { label: 'reported / declared', value: typed.value / loss.value },
      ],
      strength: 0.4,
    };
  },
});
