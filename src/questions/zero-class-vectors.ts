import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Class vectors of length 0. */
export const zeroClassVectors: Question = {
  id: 'zero-class-vectors',
  command: 'embed',
  title: 'class vectors of length 0',
  severity: 'error',
  explain: {
    test: 'A row of the class matrix that --weights names is 0 in every component.',
    why:
      'The cosine with it is 0/0 for every pixel. It is what a matrix looks like that was allocated and never trained ' +
      'or loaded.',
    fix: [
      { framework: 'PyTorch', text: 'load the state before the export; nn.init.xavier_uniform_(weight) at the start' },
      { framework: 'Keras', text: 'load the weights before the export' },
    ],
    exceptions: 'None is known.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'cosface'],
      vectors: [
        [1, 0],
        [0, 0],
      ],
    },
    clear: tidy,
  },
};
