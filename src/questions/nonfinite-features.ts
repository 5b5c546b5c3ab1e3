import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Features are not finite. */
export const nonfiniteFeatures: Question = {
  id: 'nonfinite-features',
  command: 'embed',
  title: 'features are not finite',
  severity: 'error',
  explain: {
    test: 'A component of some labelled pixel is NaN or infinite.',
    why: 'Every mean over the pixels becomes NaN, and with it the loss and all weights.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'run the last block in float32; F.normalize(x, dim=1, eps=1e-6) instead of x / x.norm()',
      },
      { framework: 'Keras', text: 'tf.math.l2_normalize has an epsilon; keep the last layer in float32' },
    ],
    exceptions: 'None is known.',
  },
  examples: {
    fires: {
      prediction: 'abcn',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8], n: [Number.NaN, 0] },
      target: '0011',
      args: ['--loss', 'softmax'],
    },
    clear: tidy,
  },
};
