import type { Formula } from '../core/index.ts';

/** A score per class instead of one ratio. */
export const dicePerClass: Formula = {
  id: 'dice-per-class',
  title: 'mean over the class scores',
  about:
    'The mean of the class scores was taken where one ratio over all classes was declared. Per image or over the ' +
    'batch.',
  formula: 'mean_c D_c',
  suppose: ({ spec, subject }) => {
    if (subject.channels === 1 || spec.options.pooled !== true) return [];
    const ways = subject.images === 1 ? [spec.options.batch] : [true, false];
    return ways.map((batch) => ({
      departures: [
        `mean over the class scores${subject.images === 1 ? '' : batch === true ? ' of the batch' : ' of each image'}`,
      ],
      options: batch === spec.options.batch ? { pooled: false } : { pooled: false, batch },
    }));
  },
};
