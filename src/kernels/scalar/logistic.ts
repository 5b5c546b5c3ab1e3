import { type CurveNumbers, clipped } from './curve.ts';
import type { Reals } from './reals.ts';

/** Sums per channel that `logisticSums` leaves: five of the pixels of other classes, then five of its own. */
export const logisticColumns = 10;

/** A hinge's margin, and how the logarithm of a rounded probability is clipped. */
export interface LogisticNumbers {
  readonly margin: number;
  readonly clip: number;
  readonly logFloor: number;
}

/** What a softmax leaves of the same scores. */
export interface SoftmaxParts {
  readonly p: Reals;
  readonly top: Reals;
  readonly logSum: Reals;
}

/**
 * Losses of class ids whose channels are each put through a sigmoid: with s = z for the pixels of other classes and s = -z for its own,
 * ln(1 + e^s); the same from the probability as it is rounded, clipped; max(0, margin + s); its square; e^s. A softmax of
 * the scores saves the SIMD kernel their exponentials.
 */
export function logisticSums(
  z: Reals,
  _softmax: () => SoftmaxParts,
  labels: Int32Array,
  { margin, clip, logFloor }: LogisticNumbers,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const curve: CurveNumbers = { gamma: 0, clip, logFloor };
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const own = labels[i] === c;
      const s = own ? -z[c * stride + i] : z[c * stride + i];
      const p = 1 / (1 + Math.exp(-z[c * stride + i]));
      const over = Math.max(s + margin, 0);
      const at = c * logisticColumns + (own ? 5 : 0);
      sums[at] += Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
      sums[at + 1] += clipped(0 - Math.log(own ? p : 1 - p), curve);
      sums[at + 2] += over;
      sums[at + 3] += over * over;
      sums[at + 4] += Math.exp(s);
    }
  }
}
