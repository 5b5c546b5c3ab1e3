import type { QuestionExample } from '../core/index.ts';

/** Scores under the loss that is made for them: it falls to 0. */
export const freeLogits: QuestionExample = {
  prediction: 'aabb\naabb\naabb\naabb',
  legend: { a: [2, -2], b: [-2, 2] },
  target: '0011\n0011\n0011\n0011',
  args: ['--loss', 'ce'],
};

/** A network that gets better from checkpoint to checkpoint. */
export const falling: QuestionExample = {
  prediction: 'ddcc\nddcc\nddcc\nddcc',
  legend: { a: [0.5, -0.5], b: [-0.5, 0.5], d: [2, -2], c: [-2, 2] },
  target: '0011\n0011\n0011\n0011',
  series: { of: 'checkpoints', before: ['aaba\naaba\naaba\naaba', 'aabb\naabb\naabb\naabb'] },
  args: ['--loss', 'ce'],
};

/** Features of length 1, near the axis of their class. */
export const tidy: QuestionExample = {
  prediction: 'abcd',
  legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
  target: '0011',
  args: ['--loss', 'cosface'],
};

/** The same with triplets that fit the mask. */
export const tidyTriplets: QuestionExample = { ...tidy, triplets: [[0, 1, 2]], args: ['--loss', 'triplet'] };
