import type { Formula } from '../core/index.ts';

/** Averaged over the classes once too often. */
export const meanOverClassesToo: Formula = {
  id: 'mean-over-classes-too',
  title: 'mean over the classes as well',
  about: 'Cross-entropy on one-hot targets that is averaged over pixels and channels alike is 1/C of the usual value.',
  formula: 'l / C',
  suppose: ({ subject }) =>
    subject.channels < 2 ? [] : [{ departures: ['averaged over the classes as well'], factor: 1 / subject.channels }],
};
