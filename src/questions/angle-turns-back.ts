import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** ArcFace rewards the wrong direction. */
export const angleTurnsBack: Question = {
  id: 'angle-turns-back',
  command: 'embed',
  title: 'ArcFace rewards the wrong direction',
  severity: 'warning',
  explain: {
    test: 'Without fallback=true, a pixel is further than pi - m from the vector of its class.',
    why: 'cos(theta + m) rises again beyond that angle, so that the gradient drives the worst pixels further away.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'torch.where(theta < math.pi - m, torch.cos(theta + m), cos - m * math.sin(m)); or a smaller m at the start',
      },
      { framework: 'Keras', text: 'tf.where in the same way' },
    ],
    exceptions: 'Once training has converged hardly any pixel is so far off.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'arcface'],
      vectors: [
        [-1, 0.1],
        [0, 1],
      ],
    },
    clear: tidy,
  },
};
