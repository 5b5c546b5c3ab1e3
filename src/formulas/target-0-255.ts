import type { Formula } from '../core/index.ts';

/** A 0/1 target that reached the loss as 0/255. */
export const target0255: Formula = {
  id: 'target-0-255',
  title: 'target of 0 and 255',
  about: 'The mask reached the loss unscaled. Dice goes up to 1.99 and binary cross-entropy falls without bound.',
  formula: 'loss(g = 255 y)',
  suppose: ({ subject, wired }) => {
    if (subject.kind !== 'binary' || subject.target.encoding !== 'binary-255' || subject.target.scale === 1) return [];
    const target = { scale: 1 / subject.target.scale, shift: 0 };
    return [{ departures: ['target of 0 and 255'], view: { ...wired, target } }];
  },
};
