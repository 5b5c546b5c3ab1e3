import type { Formula } from '../core/index.ts';

/** Sum over the pixels instead of their mean. */
export const sum: Formula = {
  id: 'sum',
  title: 'sum instead of mean',
  about: 'The losses of all valid pixels (elements, for losses on single channels) are added up, not averaged.',
  formula: 'l M',
  suppose: ({ spec, totals }) => {
    const departures = ['summed over all pixels, not averaged'];
    if ('reduction' in spec.options) return [{ departures, options: { reduction: 'sum' } }];
    return [{ departures, factor: totals.valid.reduce((a, b) => a + b, 0) }];
  },
};
