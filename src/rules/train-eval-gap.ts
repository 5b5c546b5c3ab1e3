import { type Rule, rule } from '../core/index.ts';
import { significant } from './_words.ts';

const largestChange = 0.05;
const largestRatio = 1.5;

/** Training mode and evaluation mode see different networks. */
export const trainEvalGap: Rule = rule({
  id: 'train-eval-gap',
  title: 'the network answers differently in evaluation mode',
  severity: 'warning',
  explain: {
    test:
      'Two exports of the same input with the same weights, in training and in evaluation mode: the probabilities differ by more than ' +
      '0.05 on average, or one loss is more than 1.5 times the other. Both files are read as probabilities first, so that a mere ' +
      'activation between them does not count. Dropout alone stays below this on average.',
    why:
      'BatchNorm uses the statistics of the batch in training and its running averages in evaluation. After few steps, with small batches ' +
      'or on other data these differ, and the loss that is validated is not of the network that is trained.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'model.eval() for validation and export; larger batches, GroupNorm or InstanceNorm instead of BatchNorm, or a larger BatchNorm momentum',
      },
      { framework: 'MONAI', text: 'the same; norm="instance" or ("group", {"num_groups": 8}) in the network' },
      {
        framework: 'Keras',
        text: 'training=False in evaluation; a lower BatchNormalization momentum (0.9) when there are few steps; frozen encoders keep their statistics',
      },
    ],
    exceptions:
      'Exports made with different augmentation or of different images: the two files must be of the same input.',
    seen: [
      'https://github.com/tensorflow/tensorflow/issues/44568',
      'https://github.com/qubvel/segmentation_models/issues/250',
      'https://github.com/PRBonn/lidar-bonnetal/issues/25',
      'https://github.com/wolny/pytorch-3dunet/issues/45',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-0.4], b: [0.3], c: [-2.5], d: [2.4] },
      target: '001\n011\n111',
      series: { of: 'modes', before: ['ccd\ncdd\nddd'] },
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-2.3], b: [2.2], c: [-2.5], d: [2.4] },
      target: '001\n011\n111',
      series: { of: 'modes', before: ['ccd\ncdd\nddd'] },
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: [],
  explains: ['threshold-misfit'],
  needs: {},
  check(_, __, { series }) {
    if (series === null || series.modes === null) {
      return {
        notApplicable: 'needs an export in either mode: lossprobe trend --modes train.npy eval.npy --target mask.png',
      };
    }
    const { train, eval: evaluation, change } = series.modes;
    const [low, high] = [train.loss, evaluation.loss].sort((a, b) => a - b);
    const ratio = low !== undefined && low > 0 ? (high ?? Number.NaN) / low : Number.NaN;
    if (!(change.mean > largestChange || ratio > largestRatio)) return undefined;
    return {
      message:
        `the probabilities of ${train.path} and ${evaluation.path} differ by ${significant(change.mean, 2)} on average (${largestChange} is ` +
        `usual at most), and ${series.spec} is ${significant(train.loss, 4)} in training mode and ${significant(evaluation.loss, 4)} in ` +
        'evaluation mode. Look at BatchNorm and dropout before anything else.',
      strength: change.mean > 2 * largestChange ? 0.7 : 0.5,
      evidence: [
        { label: 'mean difference of p', value: change.mean, limit: largestChange },
        { label: `${series.spec}, training mode`, value: train.loss },
        { label: `${series.spec}, evaluation mode`, value: evaluation.loss },
        { label: 'larger loss over smaller', value: ratio, limit: largestRatio },
      ],
    };
  },
});
