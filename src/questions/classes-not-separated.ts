import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** The features say nothing of the classes. */
export const classesNotSeparated: Question = {
  id: 'classes-not-separated',
  command: 'embed',
  title: 'the features say nothing of the classes',
  severity: 'warning',
  explain: {
    test:
      'Without a class matrix: the share of pixels nearer to the mean of another class is at least 0.9 of what guessing ' +
      'gets wrong.',
    why:
      'Either nothing has been learned yet, or features and mask do not belong together: another image, turned or ' +
      'mirrored.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'check that features and mask come from the same sample of the loader, after the same transforms',
      },
      { framework: 'Keras', text: 'the same: one map() function for image and mask' },
    ],
    exceptions: 'A class that lies in several clumps has a mean that none of its pixels is near to.',
  },
  examples: {
    fires: {
      prediction: 'acbd',
      legend: { a: [1, 0], c: [0.766, 0.643], b: [-0.174, 0.985], d: [-0.94, 0.342] },
      target: '0101',
      args: ['--loss', 'softmax'],
    },
    clear: tidy,
  },
};
