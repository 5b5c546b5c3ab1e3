import type { Formula } from '../core/index.ts';

/** Beyond this many images nobody looks at every pair. */
const imageLimit = 16;

/** Every prediction against every target. */
export const broadcast: Formula = {
  id: 'broadcast',
  title: 'all pairs of predictions and targets',
  about:
    '[N, 1, ...] met [N, ...]: the library repeated both to [N, N, ...], and the mean went over all pairs of images instead of the pairs ' +
    'of the batch.',
  formula: 'mean over i and j of loss(p_i, g_j)',
  suppose({ subject, spec, wired, totals }) {
    const { kind, images, prediction, target } = subject;
    const missing = kind === 'binary' && prediction.layout.includes('C') && !target.layout.includes('C');
    // Only a mean over pixels is the mean of the means of its parts, and only where all parts are of one size.
    const mean = spec.loss.family === 'distribution' && totals.ignored.every((n) => n === 0);
    if (!missing || !mean || images < 2 || images > imageLimit) return [];
    const views = Array.from({ length: images }, (_, step) => ({
      ...wired,
      target: { ...wired.target, images: Array.from({ length: images }, (_image, i) => (i + step) % images) },
    }));
    return [{ departures: ['every prediction against every target'], views }];
  },
};
