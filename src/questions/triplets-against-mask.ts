import type { Question } from '../core/index.ts';
import { tidyTriplets } from './_examples.ts';

/** The triplets do not fit the mask. */
export const tripletsAgainstMask: Question = {
  id: 'triplets-against-mask',
  command: 'embed',
  title: 'the triplets do not fit the mask',
  severity: 'error',
  explain: {
    test: 'In some triplet the positive has another label than the anchor, or the negative the same.',
    why:
      'The loss pulls together what should be apart. Swapped columns and indices into another order of the axes are the ' +
      'usual reasons.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'anchor, positive, negative in this order; indices into labels.flatten() of the same crop',
      },
      { framework: 'Keras', text: 'the same order; indices into tf.reshape(labels, [-1])' },
    ],
    exceptions: 'Triplets that were mined on another labelling (instances, say) need that labelling as the mask.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'triplet'],
      triplets: [[0, 2, 1]],
    },
    clear: tidyTriplets,
  },
};
