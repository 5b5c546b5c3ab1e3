import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** There is only one class. */
export const oneClass: Question = {
  id: 'one-class',
  command: 'embed',
  title: 'there is only one class',
  severity: 'error',
  explain: {
    test: 'All labelled pixels have the same label.',
    why:
      'These losses push classes apart. With one class there is nothing to push, and a softmax over it is 0 from the ' +
      'start.',
    fix: [
      { framework: 'PyTorch', text: 'larger crops, or batches put together from several images' },
      { framework: 'Keras', text: 'larger crops, or batches put together from several images' },
    ],
    exceptions: 'Single crops may hold one class by chance: skip them in training.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '1111',
      args: ['--loss', 'softmax'],
    },
    clear: tidy,
  },
};
