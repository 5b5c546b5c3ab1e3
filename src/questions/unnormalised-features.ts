import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Features are not of length 1 under a cosine loss. */
export const unnormalisedFeatures: Question = {
  id: 'unnormalised-features',
  command: 'embed',
  title: 'features are not of length 1 under a cosine loss',
  severity: 'warning',
  explain: {
    test: 'Some length is off 1 by more than 0.001 under a loss on cosines.',
    why:
      'lossprobe divides by the length. Training code that forgets to sees scores as large as the features, and a ' +
      'margin that means nothing.',
    fix: [
      { framework: 'PyTorch', text: 'F.normalize(x, dim=1) before the loss' },
      { framework: 'Keras', text: 'tf.math.l2_normalize(x, axis=-1) before the loss' },
    ],
    exceptions: 'Where the training code divides inside the loss, the export is right as it is.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [3, 0], b: [2.4, 1.8], c: [0, 3], d: [-1.8, 2.4] },
      target: '0011',
      args: ['--loss', 'cosface'],
    },
    clear: tidy,
  },
};
