import type { Formula } from '../core/index.ts';

/** A 0/1 target that reached the loss as 0/255. */
export const target0255: Formula = {
  id: 'target-0-255',
  title: 'target of 0 and 255',
  about: 'The mask reached the loss unscaled. Dice goes up to 1.99 and binary cross-entropy falls without bound.',
  formula: 'loss(g = 255 y)',
  suppose: ({ subject, wired }) => {
    // A file of 0 and 255 that reached the loss as it is has no other scale.
    if (subject.kind !== 'binary' || subject.target.profile.max * subject.target.scale > 1) return [];
    const scale = subject.target.scale === 1 ? 255 : 1 / subject.target.scale;
    return [{ departures: ['target of 0 and 255'], view: { ...wired, target: { scale, shift: 0 } } }];
  },
  constants: () => [
    { value: 510 / 256, what: 'Dice of a perfect prediction against a mask of 0 and 255' },
    { value: 255, what: 'IoU of a perfect prediction against a mask of 0 and 255' },
  ],
};
