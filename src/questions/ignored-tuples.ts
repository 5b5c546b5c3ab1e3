import type { Question } from '../core/index.ts';
import { tidyTriplets } from './_examples.ts';

/** Triplets or pairs with ignored pixels. */
export const ignoredTuples: Question = {
  id: 'ignored-tuples',
  command: 'embed',
  title: 'triplets or pairs with ignored pixels',
  severity: 'warning',
  explain: {
    test: 'The file of triplets or pairs names pixels whose label is ignored; they are left out.',
    why: 'In training such pixels have no class, so that they pull at random.',
    fix: [
      { framework: 'PyTorch', text: 'mine after masking: idx = (labels != 255).nonzero()' },
      { framework: 'Keras', text: 'mine after tf.boolean_mask' },
    ],
    exceptions: 'None is known.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0019',
      triplets: [
        [0, 1, 2],
        [0, 1, 3],
      ],
      args: ['--loss', 'triplet', '--ignore-index', '9'],
    },
    clear: tidyTriplets,
  },
};
