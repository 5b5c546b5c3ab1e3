import type { Formula } from '../core/index.ts';
import { isLogarithmic } from './_losses.ts';

/** Logarithms to base 2. */
export const log2: Formula = {
  id: 'log2',
  title: 'logarithm to base 2',
  about: 'The cross-entropy was taken with logarithms to base 2 instead of natural ones.',
  formula: 'l / ln 2',
  suppose: ({ spec }) => (isLogarithmic(spec) ? [{ departures: ['logarithm to base 2'], factor: 1 / Math.LN2 }] : []),
};
