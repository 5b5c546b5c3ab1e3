import type { Formula } from '../core/index.ts';
import { isRegion, scoresPerClass } from './_losses.ts';

/** Sum over the pixels, or over the scores of an overlap, instead of their mean. */
export const sum: Formula = {
  id: 'sum',
  title: 'sum instead of mean',
  about:
    'The losses of all valid pixels (elements, for losses on single channels) are added up, not averaged; of an overlap, the scores ' +
    'of all images and classes.',
  formula: 'l M',
  suppose: ({ spec, subject, totals }) => {
    if (isRegion(spec)) {
      // One score per class, or per image, is summed by formulas of their own.
      if (
        !('reduction' in spec.options) ||
        subject.channels === 1 ||
        scoresPerClass(spec, subject) === 1 ||
        spec.options.pooled === true
      )
        return [];
      return [{ departures: ['the scores of all images and classes added up'], options: { reduction: 'sum' } }];
    }
    const departures = ['summed over all pixels, not averaged'];
    if ('reduction' in spec.options) return [{ departures, options: { reduction: 'sum' } }];
    return [{ departures, factor: totals.valid.reduce((a, b) => a + b, 0) }];
  },
};
