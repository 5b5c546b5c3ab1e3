import { type DerivedMeasure, derived } from '../core/index.ts';

/** The probability of a pixel whose stored values are all 0: what multiplying the input by a mask leaves behind. */
export const zeroScore: DerivedMeasure<number> = derived({
  id: 'zero-score',
  needs: {},
  compute: (_values, { channels }, view) =>
    view.steps.reduce((x, step) => {
      if (step === 'softmax') return 1 / channels;
      return step === 'exp' ? Math.exp(x) : 1 / (1 + Math.exp(-x));
    }, 0),
});
