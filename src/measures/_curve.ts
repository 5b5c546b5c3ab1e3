import type { Curve } from '../core/index.ts';
import type { CurveNumbers } from '../kernels/index.ts';

/** A curve as the kernels take it. */
export function curveNumbers(curve: Curve): CurveNumbers {
  return {
    gamma: curve.id === 'focal' ? curve.gamma : 0,
    clip: curve.clip ?? 0,
    logFloor: curve.logFloor ?? -Infinity,
  };
}

/** factor * value, 0 whenever the factor is 0: nothing times infinity is nothing here. */
export function times(factor: number, value: number): number {
  return factor === 0 ? 0 : factor * value;
}

/** Adds the entries of one array to another. */
export function addInto(into: Float64Array, from: Float64Array): void {
  for (let k = 0; k < into.length; k++) into[k] = (into[k] ?? 0) + (from[k] ?? 0);
}

/** Sum of several arrays of the same length, in order. */
export function total(arrays: readonly Float64Array[], length: number): Float64Array {
  const out = new Float64Array(length);
  for (const array of arrays) addInto(out, array);
  return out;
}
