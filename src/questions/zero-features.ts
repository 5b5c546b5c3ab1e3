import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Zero vectors have no angle. */
export const zeroFeatures: Question = {
  id: 'zero-features',
  command: 'embed',
  title: 'zero vectors have no angle',
  severity: 'error',
  explain: {
    test:
      'A labelled pixel has 0 in every component. Under a loss that divides by the length an error, otherwise a ' +
      'warning.',
    why:
      'A cosine of such a vector is 0/0. Libraries return 0, NaN or a made-up direction, and the gradient of the length ' +
      'is infinite there.',
    fix: [
      { framework: 'PyTorch', text: 'take the features before the ReLU; leave padding out of the loss' },
      { framework: 'Keras', text: 'no ReLU on the embedding layer; mask the padding' },
    ],
    exceptions: 'Padding is 0 on purpose: leave it out with --ignore-index.',
  },
  examples: {
    fires: {
      prediction: 'azcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8], z: [0, 0] },
      target: '0011',
      args: ['--loss', 'cosface'],
    },
    clear: tidy,
  },
};
