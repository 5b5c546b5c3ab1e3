import type { Formula } from '../core/index.ts';

/** Foreground and background swapped. */
export const invertedTarget: Formula = {
  id: 'inverted-target',
  title: 'target inverted',
  about: 'The mask holds 0 where the object is: the loss is taken on 1 - y.',
  formula: 'loss(g = 1 - y)',
  suppose: ({ subject, wired }) =>
    subject.kind === 'binary' || (subject.kind === 'exclusive' && subject.channels === 2)
      ? [{ departures: ['target inverted'], view: { ...wired, target: { scale: -1, shift: 1 } } }]
      : [],
};
