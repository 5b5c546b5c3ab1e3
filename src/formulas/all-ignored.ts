import type { Formula } from '../core/index.ts';
import { total } from './_losses.ts';

/** A mean over nothing. */
export const allIgnored: Formula = {
  id: 'all-ignored',
  title: 'nothing left to average',
  about: 'Every pixel is ignored: the mean is 0/0, or 0 where the library says so.',
  formula: 'NaN or 0',
  suppose: ({ totals }) =>
    total(totals.valid) > 0
      ? []
      : [
          { departures: ['a mean over no pixel is NaN'], constant: Number.NaN },
          { departures: ['a mean over no pixel was set to 0'], constant: 0 },
        ],
};
