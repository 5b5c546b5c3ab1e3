import type { Formula } from '../core/index.ts';

/** Divided by the number of images once too often. */
export const dividedByBatchTwice: Formula = {
  id: 'divided-by-batch-twice',
  title: 'divided by the batch size twice',
  about: 'A loss that is a mean over the batch already was divided by the batch size when it was logged.',
  formula: 'l / N',
  suppose: ({ subject }) =>
    subject.images === 1 ? [] : [{ departures: ['divided by the batch size once more'], factor: 1 / subject.images }],
};
