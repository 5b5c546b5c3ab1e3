import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** An angle of exactly 0 or 180 degrees. */
export const angleWithoutSlope: Question = {
  id: 'angle-without-slope',
  command: 'embed',
  title: 'an angle of exactly 0 or 180 degrees',
  severity: 'error',
  explain: {
    test: 'A pixel lies exactly on the vector of its class, or opposite to it, under a loss that takes acos.',
    why: 'The slope of acos is infinite there, times 0 that is NaN.',
    fix: [
      { framework: 'PyTorch', text: 'cos.clamp(-1 + 1e-7, 1 - 1e-7) before torch.acos' },
      { framework: 'Keras', text: 'tf.clip_by_value(cos, -1 + 1e-7, 1 - 1e-7) before tf.acos' },
    ],
    exceptions:
      'Features that stand for their own class means are at angle 0 by construction; in training that does not happen.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'arcface'],
      vectors: [
        [1, 0],
        [0, 1],
      ],
    },
    clear: tidy,
  },
};
