import type { Formula } from '../core/index.ts';

/** Mean over the pixels, sum over the images. */
export const meanTimesBatch: Formula = {
  id: 'mean-times-batch',
  title: 'mean over pixels, sum over the batch',
  about: 'The mean was multiplied by the batch size, as happens when per-batch sums are logged without dividing again.',
  formula: 'l N',
  suppose: ({ subject }) =>
    subject.images === 1 ? [] : [{ departures: ['multiplied by the batch size'], factor: subject.images }],
};
