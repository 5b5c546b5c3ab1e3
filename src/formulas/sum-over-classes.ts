import type { Formula } from '../core/index.ts';

/** Summed over the classes instead of averaged. */
export const sumOverClasses: Formula = {
  id: 'sum-over-classes',
  title: 'sum over the classes',
  about:
    'The losses of the classes (channels) are added up, not averaged: a Dice loss then lies between 0 and C, ' +
    'binary cross-entropy over channels is C times the mean.',
  formula: 'l C',
  suppose: ({ spec, subject }) => {
    const classes = spec.options.background === false ? subject.channels - 1 : subject.channels;
    return classes < 2 ? [] : [{ departures: ['summed over the classes'], factor: classes }];
  },
};
