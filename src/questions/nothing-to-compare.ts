import type { Question } from '../core/index.ts';
import { tidyTriplets } from './_examples.ts';

/** There are no triplets or pairs. */
export const nothingToCompare: Question = {
  id: 'nothing-to-compare',
  command: 'embed',
  title: 'there are no triplets or pairs',
  severity: 'error',
  explain: {
    test: 'A declared loss finds no triplet or no pair among the labelled pixels; a note where no loss was named.',
    why: 'A mean over nothing is NaN, and one such batch ruins the weights.',
    fix: [
      { framework: 'PyTorch', text: 'skip the batch: if not mined: continue; or larger crops' },
      { framework: 'Keras', text: 'tf.math.divide_no_nan for the mean, or larger crops' },
    ],
    exceptions: 'None is known.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '1111',
      args: ['--loss', 'triplet'],
    },
    clear: tidyTriplets,
  },
};
