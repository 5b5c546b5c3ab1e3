import type { Formula } from '../core/index.ts';

/** A 0/1 target that reached the loss as -1/1. */
export const targetMinusOneOne: Formula = {
  id: 'target-minus-one-one',
  title: 'target of -1 and 1',
  about: 'The mask was normalised like an image: (y - 0.5) / 0.5. Binary cross-entropy then has no lower bound.',
  formula: 'loss(g = 2 y - 1)',
  suppose: ({ subject, wired }) =>
    subject.kind === 'exclusive'
      ? []
      : [{ departures: ['target of -1 and 1'], view: { ...wired, target: { scale: 2, shift: -1 } } }],
};
