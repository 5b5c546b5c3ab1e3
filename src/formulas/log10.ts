import type { Formula } from '../core/index.ts';
import { isLogarithmic } from './_losses.ts';

/** Logarithms to base 10. */
export const log10: Formula = {
  id: 'log10',
  title: 'logarithm to base 10',
  about: 'The cross-entropy was taken with logarithms to base 10 instead of natural ones.',
  formula: 'l / ln 10',
  suppose: ({ spec }) => (isLogarithmic(spec) ? [{ departures: ['logarithm to base 10'], factor: 1 / Math.LN10 }] : []),
};
