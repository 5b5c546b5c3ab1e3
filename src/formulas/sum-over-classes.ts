import type { Formula } from '../core/index.ts';
import { isRegion, scoresPerClass } from './_losses.ts';

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
    if (classes < 2) return [];
    const departures = ['summed over the classes'];
    // Weights, and classes that are skipped, make it more than a factor.
    const exact = isRegion(spec) && 'reduction' in spec.options && scoresPerClass(spec, subject) === 1;
    return [exact ? { departures, options: { reduction: 'sum' } } : { departures, factor: classes }];
  },
};
