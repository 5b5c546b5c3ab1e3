import { type Rule, rule, type Subject } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { plural, significant } from './_words.ts';

/** Decisions instead of scores. */
export const hardPredictions: Rule = rule({
  id: 'hard-predictions',
  title: 'the prediction was thresholded before the loss',
  severity: 'error',
  explain: {
    test:
      'Every value is an integer, none is negative (or all are -1 and 1), and there are at least two and at most C + 1 distinct ' +
      'ones; or one channel holds at most 64 distinct ones, no higher than the labels of the target. Argmax, a threshold and ' +
      'rounding leave nothing in between. An error when a loss was declared, otherwise a warning.',
    why:
      'The step from a score to a decision is flat everywhere: its gradient is 0, so nothing reaches the network and the loss ' +
      'moves only by chance. A metric on hard masks is fine, a loss on them is not.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'hand the loss logits or probabilities; keep argmax, round and (p > 0.5) for the metric',
      },
      { framework: 'MONAI', text: 'AsDiscrete belongs to the metric (post-processing), not in front of the loss' },
      { framework: 'Keras', text: 'no K.round, tf.round or tf.argmax inside the loss' },
      { framework: 'mmseg', text: 'export seg_logits, not pred_sem_seg' },
    ],
    exceptions:
      'A mask exported on purpose, to compare masks: then the tables of Dice and IoU hold, and the loss says nothing about ' +
      'training. Straight-through estimators round in the forward pass only.',
    seen: [
      'https://github.com/milesial/Pytorch-UNet/issues/133',
      'https://github.com/tensorlayer/TensorLayer/issues/891',
      'https://github.com/wonbeomjang/mobile-hair-segmentation-pytorch/issues/3',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0], b: [1] },
      target: '001\n011\n111',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.02], b: [0.97] },
      target: '001\n011\n111',
      args: ['--loss', 'dice:from=probabilities'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    '*',
    'label-out-of-range',
    'undeclared-ignore-label',
    'head-loss-mismatch',
    'log-of-zero',
    'confidently-wrong',
    'miscalibrated',
    'probabilities-as-logits',
    'logits-as-probabilities',
    'probabilities-as-log-probabilities',
    'probabilities-scaled-by-255',
    'threshold-misfit',
    'vanishing-gradient',
    'no-better-than-prior',
    'single-class-collapse',
  ],
  needs: {},
  check(_, subject, circumstances) {
    if (!isHard(subject)) return undefined;
    const { min, max, distinct } = subject.prediction.profile;
    const [loss] = declaredLosses(circumstances);
    const scaled = subject.prediction.activation === 'scaled-by-255';
    const values =
      distinct === 2
        ? `only the values ${significant(min)} and ${significant(max)}`
        : `only ${distinct} distinct values, all integers`;
    return {
      ...(loss === undefined ? { severity: 'warning' } : {}),
      message:
        `the prediction holds ${values}: decisions, not scores. ${loss?.spec.loss.title ?? 'a loss'} on them passes no gradient to the ` +
        'network; hand it the logits or probabilities from before the threshold or argmax.',
      evidence: [
        { label: 'distinct values', value: distinct, limit: subject.channels + 1 },
        { label: 'integers', value: 100, unit: '%' },
        { label: 'gradient that reaches the network', value: 0 },
        { label: 'looked at', value: plural(subject.prediction.profile.size, 'value') },
      ],
      // A map of ids has lost its channels as well: that is no mistake of the loss. Faint bytes are ids only if the target has them.
      strength: distinct > subject.channels + 1 && (!scaled || max <= largestLabel(subject)) ? 0.99 : 0.95,
    };
  },
});

function isHard(subject: Subject): boolean {
  const { channels, prediction } = subject;
  const { integers, distinct, min, max } = prediction.profile;
  if (!(integers === 1 && distinct >= 2)) return false;
  const signs = distinct === 2 && min === -1 && max === 1;
  const few = min >= 0 && distinct <= channels + 1;
  // A map of class ids has one channel and few values, as low as the labels; grey values run higher.
  const ids = channels === 1 && min >= 0 && distinct <= 64 && max <= Math.max(1.5 * distinct, largestLabel(subject));
  return signs || few || ids || prediction.activation === 'labels' || prediction.activation === 'one-hot';
}

/** The largest class id of the target; 0 where it may be a grey value. */
function largestLabel({ target, ignore }: Subject): number {
  const labels = [...target.profile.values.keys()].filter((value) => !ignore.includes(value));
  return Math.max(0, ...labels.filter((value) => value < 200));
}
