import { type DerivedMeasure, derived, type TargetTotals } from '../core/index.ts';

/** Totals of the target per image and channel, from a pass over the target alone that every run makes anyway. */
export const targetTotals: DerivedMeasure<TargetTotals> = derived({
  id: 'target-totals',
  ofTarget: true,
  needs: {},
  compute: (_, source, view) => source.totals(view),
});
