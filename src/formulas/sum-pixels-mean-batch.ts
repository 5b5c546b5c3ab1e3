import type { Formula } from '../core/index.ts';
import { isRegion } from './_losses.ts';

/** Sum over the pixels of an image, mean over the images. */
export const sumPixelsMeanBatch: Formula = {
  id: 'sum-pixels-mean-batch',
  title: 'sum over pixels, mean over the batch',
  about: 'The losses of an image are added up; only the images are averaged. The value grows with the image size.',
  formula: 'l M / N',
  suppose: ({ spec, subject, totals }) => {
    // An overlap has no sum over pixels.
    if (subject.images === 1 || isRegion(spec)) return [];
    const departures = ['summed over the pixels, averaged over the batch only'];
    if ('reduction' in spec.options) return [{ departures, options: { reduction: 'sum' }, factor: 1 / subject.images }];
    return [{ departures, factor: totals.valid.reduce((a, b) => a + b, 0) / subject.images }];
  },
};
