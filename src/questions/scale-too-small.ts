import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** The scale keeps the loss up. */
export const scaleTooSmall: Question = {
  id: 'scale-too-small',
  command: 'embed',
  title: 'the scale keeps the loss up',
  severity: 'warning',
  explain: {
    test: 'With all features on class vectors that stand as far apart as so many can, the loss is still above 0.1.',
    why:
      'Cosines end at 1: without a scale a softmax over them stays near uniform, and the loss stands still at a high ' +
      'value though the angles are right.',
    fix: [
      { framework: 'PyTorch', text: 's = 30 or 64 as factor of the cosines' },
      { framework: 'Keras', text: 's = 30 or 64 as factor of the cosines' },
    ],
    exceptions: 'A scale that is learned grows during training.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'normalised-softmax:s=1'],
    },
    clear: tidy,
  },
};
