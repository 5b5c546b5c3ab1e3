import type { Formula } from '../core/index.ts';
import { hasForm } from './_losses.ts';

/** One minus a weighted mean whose weights do not average to 1. */
export const weightedDiceUnnormalised: Formula = {
  id: 'weighted-dice-unnormalised',
  title: 'weighted overlap not normalised',
  about:
    'One minus the weighted mean of the coefficients, where the weighted mean of one minus the coefficient was ' +
    'declared: it falls below 0 when the weights are large.',
  formula: '1 - mean_c w_c D_c',
  suppose: ({ spec, subject }) =>
    subject.weights !== null && hasForm(spec) && spec.options.form !== 'negative'
      ? [{ departures: ['one minus the weighted mean of the coefficients'], options: { form: 'negative' }, offset: 1 }]
      : [],
};
