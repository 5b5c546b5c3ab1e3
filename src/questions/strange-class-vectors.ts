import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** The class vectors do not fit the features. */
export const strangeClassVectors: Question = {
  id: 'strange-class-vectors',
  command: 'embed',
  title: 'the class vectors do not fit the features',
  severity: 'warning',
  explain: {
    test: 'More pixels than guessing would get wrong are nearer to the vector of another class.',
    why:
      'Matrix and features come from different steps or networks, or the order of the classes differs. Every loss on ' +
      'them is meaningless.',
    fix: [
      { framework: 'PyTorch', text: 'export features and matrix in the same step, under model.eval()' },
      { framework: 'Keras', text: 'export both from the same saved model' },
    ],
    exceptions: 'In the first steps of training the vectors are random.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'cosface'],
      vectors: [
        [0, 1],
        [1, 0],
      ],
    },
    clear: tidy,
  },
};
