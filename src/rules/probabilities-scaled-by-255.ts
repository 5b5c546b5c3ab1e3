import { type Rule, rule } from '../core/index.ts';
import { misreadConsequences } from './_consequences.ts';
import { percent, significant } from './_words.ts';

/** Probabilities saved as bytes. */
export const probabilitiesScaledBy255: Rule = rule({
  id: 'probabilities-scaled-by-255',
  title: 'the prediction holds probabilities times 255',
  severity: 'error',
  explain: {
    test:
      'No value is below 0 or above 255, the largest is above 1.5, at least 99 % are integers, and there are more distinct ones than ' +
      'classes and one: logits are no integers, and decisions have few values. A warning where no loss was declared.',
    why:
      'A probability map that was saved as a picture holds 0 to 255. Read as a probability, 204 is not 0.8 but 204: Dice leaves [0, 1], ' +
      'logarithms turn positive. Read as a logit it is certainty, the sigmoid or softmax is flat, and no gradient is left.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'hand the loss the tensor of the network, not the picture of it; else p = image.float() / 255',
      },
      { framework: 'MONAI', text: 'ScaleIntensityRanged(keys="pred", a_min=0, a_max=255, b_min=0, b_max=1)' },
      { framework: 'Keras', text: 'tf.image.convert_image_dtype(image, tf.float32) divides bytes by 255' },
      { framework: 'mmseg', text: 'export seg_logits as an array, not a drawn result' },
    ],
    exceptions: 'Logits that were quantised to bytes: then say --activation logits.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naacb\nacbb\ncdbb',
      legend: { a: [251], b: [12], c: [140], d: [3] },
      target: '1100\n1100\n1000\n1000',
      args: ['--loss', 'dice:from=probabilities'],
    },
    clear: {
      prediction: 'aabb\naacb\nacbb\ncdbb',
      legend: { a: [0.98], b: [0.05], c: [0.55], d: [0.01] },
      target: '1100\n1100\n1000\n1000',
      args: ['--loss', 'dice:from=probabilities'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    ...misreadConsequences,
    'logits-as-probabilities',
    'probabilities-as-logits',
    'probabilities-as-log-probabilities',
    'relu-head',
    'log-of-zero',
    'negative-by-design',
    'head-loss-mismatch',
    'hard-predictions',
  ],
  needs: {},
  check(_values, { prediction }, { losses }) {
    if (prediction.activation !== 'scaled-by-255') return undefined;
    const { min, max, integers, distinct } = prediction.profile;
    const [main] = losses;
    const declared = main?.spec.declared === true;
    const takes = {
      logits: 'logits',
      'log-probabilities': 'log-probabilities',
      probabilities: 'probabilities',
      auto: 'probabilities',
    };
    return {
      ...(declared ? {} : { severity: 'warning' }),
      message:
        `the values run from ${significant(min)} to ${significant(max)}, ${percent(integers)} of them integers: probabilities times 255. ` +
        `${main?.spec.loss.title ?? 'a loss'} takes ${takes[main?.spec.from ?? 'auto']}; divide by 255 where the file is loaded, or save the network's own output`,
      evidence: [
        { label: 'smallest and largest value', value: `${significant(min)}, ${significant(max)}`, limit: '0, 1' },
        { label: 'integers', value: 100 * integers, unit: '%', limit: 99 },
        { label: 'distinct values', value: distinct > 256 ? 'over 256' : distinct },
        { label: 'stored as', value: prediction.dtype },
      ],
      repair: { repair: 'feed-as-expected' },
      strength: 0.96,
    };
  },
});
