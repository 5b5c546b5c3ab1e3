import type { Formula } from '../core/index.ts';
import { total } from './_losses.ts';

/** The factor on the positive side left out, added or on the wrong side. */
export const posWeight: Formula = {
  id: 'pos-weight',
  title: 'factor on the positive side',
  about:
    'pos_weight was forgotten, multiplies the negative side, or was added though it was not declared: negatives ' +
    'per positive is its usual value.',
  formula: 'mean of w g softplus(-z) + (1 - g) softplus(z)',
  suppose: (context) => {
    const { spec, subject, totals } = context;
    if (!('pos-weight' in spec.options)) return [];
    const given: readonly number[] | null = spec.options['pos-weight'];
    if (given === null) {
      if (subject.kind !== 'binary') return [];
      const positive = total(totals.count);
      const ratio = (total(totals.valid) - positive) / positive;
      if (!Number.isFinite(ratio) || ratio === 0) return [];
      const shown = Number(ratio.toPrecision(4));
      return [
        { departures: [`positive side times ${shown} (negatives per positive)`], options: { 'pos-weight': [ratio] } },
        { departures: [`negative side times ${shown}`], options: { 'pos-weight': [1 / ratio] }, factor: ratio },
      ];
    }
    const [first = 1] = given;
    const wrongSide =
      first > 0 && given.every((own) => own === first)
        ? [{ departures: ['pos-weight on the negative side'], options: { 'pos-weight': [1 / first] }, factor: first }]
        : [];
    return [{ departures: ['pos-weight not applied'], options: { 'pos-weight': null } }, ...wrongSide];
  },
};
