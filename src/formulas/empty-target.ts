import type { Formula } from '../core/index.ts';
import { total } from './_losses.ts';

/** A target that lost its foreground on the way. */
export const emptyTarget: Formula = {
  id: 'empty-target',
  title: 'empty target',
  about: 'Labels were divided by 255 and cut to whole numbers, so that all of them became 0: everything is background.',
  formula: 'loss(g = 0)',
  suppose: ({ totals, wired }) =>
    total(totals.ignored) > 0
      ? []
      : [
          {
            departures: ['every pixel of the target is background'],
            view: { ...wired, target: { scale: 0, shift: 0 } },
          },
        ],
};
