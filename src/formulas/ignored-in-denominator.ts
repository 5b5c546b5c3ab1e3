import type { Formula } from '../core/index.ts';

/** Ignored pixels counted in the divisor. */
export const ignoredInDenominator: Formula = {
  id: 'ignored-in-denominator',
  title: 'ignored pixels in the divisor',
  about: 'The ignored pixels add no loss, but the mean is taken over all pixels all the same.',
  formula: 'l M / T',
  suppose: ({ totals }) => {
    const valid = totals.valid.reduce((a, b) => a + b, 0);
    const ignored = totals.ignored.reduce((a, b) => a + b, 0);
    if (ignored === 0) return [];
    return [{ departures: ['ignored pixels counted in the divisor'], factor: valid / (valid + ignored) }];
  },
};
