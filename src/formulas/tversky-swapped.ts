import type { Formula } from '../core/index.ts';

/** The two weights of a Tversky loss exchanged. */
export const tverskySwapped: Formula = {
  id: 'tversky-swapped',
  title: 'Tversky weights exchanged',
  about: 'What one library calls alpha another calls beta: misses and false alarms have changed places.',
  formula: 'TP / (TP + fn FP + fp FN)',
  suppose: ({ spec }) => {
    const { fp, fn } = spec.options;
    if (fp === undefined || fn === undefined || fp === fn) return [];
    return [{ departures: [`weights of the errors exchanged: fp ${fn}, fn ${fp}`], options: { fp: fn, fn: fp } }];
  },
};
