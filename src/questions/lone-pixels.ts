import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Classes of a single pixel. */
export const lonePixels: Question = {
  id: 'lone-pixels',
  command: 'embed',
  title: 'classes of a single pixel',
  severity: 'warning',
  explain: {
    test: 'Without a class matrix: a class has one labelled pixel.',
    why: 'It is its own mean, at angle 0, and the positive of none: it makes the loss look better than it is.',
    fix: [
      { framework: 'PyTorch', text: 'larger crops, or class vectors kept over batches' },
      { framework: 'Keras', text: 'larger crops, or class vectors kept over batches' },
    ],
    exceptions: 'Very rare classes in small crops: give the class matrix with --weights.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0012',
      args: ['--loss', 'softmax'],
    },
    clear: tidy,
  },
};
