import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** Label 255 is taken for a class. */
export const undeclaredIgnoreLabel: Question = {
  id: 'undeclared-ignore-label',
  command: 'embed',
  title: 'label 255 is taken for a class',
  severity: 'warning',
  explain: {
    test: 'The highest label is 255 and the next one is below 254.',
    why:
      'Pixels that nobody labelled become a class of their own, with features of all kinds: it has a mean without ' +
      'meaning, and every other class is pushed away from it.',
    fix: [
      { framework: 'PyTorch', text: 'leave these pixels out before the loss: keep = labels != 255' },
      { framework: 'Keras', text: 'tf.boolean_mask with labels != 255' },
    ],
    exceptions: 'A mask of 0 and 255 with two real classes: write it as 0 and 1.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '001u',
      args: ['--loss', 'softmax'],
      labels: { u: 255 },
    },
    clear: tidy,
  },
};
