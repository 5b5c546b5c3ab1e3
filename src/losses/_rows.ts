import type { LossValue } from '../core/index.ts';
import type { LikelihoodSums } from '../measures/index.ts';
import { dot, meanPerClass, times } from './_class-rows.ts';

/** sum_row w_row sum_row / divisor. */
export function rowsValue(pixels: LikelihoodSums, weights: Float64Array, by: number): LossValue {
  return {
    value: dot(weights, pixels.byRow) / by,
    perClass: meanPerClass(pixels.byRow, pixels.weight),
    contributions: [...pixels.byRow].map((sum, row) => times(weights[row] ?? 0, sum)),
  };
}

/** Weights over the divisor; null where that is 0 and no pixel carries a gradient. */
export function rowGradientFactors(weights: Float64Array, by: number): Float64Array | null {
  return by === 0 ? null : weights.map((w) => w / by);
}
