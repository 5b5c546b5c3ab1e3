import { type CurveNumbers, curveSlope, curveValue } from './curve.ts';
import type { Reals } from './reals.ts';

/** A loss of the differences of the log-probabilities of a pixel. */
export type MarginNumbers =
  | { readonly id: 'others'; readonly margin: number; readonly power: number }
  | { readonly id: 'foreground'; readonly curve: CurveNumbers };

/** max(0, over)^power; NaN stays NaN. */
function overshoot(over: number, power: number): number {
  return over <= 0 ? 0 : over ** power;
}

/** -ln(p_y / sum over k > 0 of p_k), from the -ln p of the channels of one pixel. */
function foregroundSurprise(u: Reals, at: number, stride: number, channels: number, y: number): number {
  const own = u[y * stride + at];
  if (own === Infinity) return own;
  let sum = 0;
  let least = Infinity;
  for (let k = 1; k < channels; k++) least = Math.min(least, u[k * stride + at]);
  for (let k = 1; k < channels; k++) sum += Math.exp(least - u[k * stride + at]);
  return own - least + Math.log(sum);
}

/** The loss of one pixel of class y; channel k of it stands at k * stride + at. */
export function marginLoss(
  u: Reals,
  at: number,
  stride: number,
  channels: number,
  y: number,
  numbers: MarginNumbers,
): number {
  if (numbers.id === 'foreground') {
    return y === 0 ? 0 : curveValue(foregroundSurprise(u, at, stride, channels, y), numbers.curve);
  }
  let sum = 0;
  for (let k = 0; k < channels; k++) {
    if (k !== y) sum += overshoot(numbers.margin + (u[y * stride + at] - u[k * stride + at]), numbers.power);
  }
  return sum;
}

/** Adds each pixel's loss, and 1, to the row of its class. `sign` times x is -ln p, but for a constant of the pixel. */
export function sumMargins(
  x: Reals,
  sign: 1 | -1,
  labels: Int32Array,
  numbers: MarginNumbers,
  sums: Float64Array,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const u = new Float64Array(channels);
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0) continue;
    for (let k = 0; k < channels; k++) u[k] = sign * x[k * stride + i];
    sums[y] += marginLoss(u, 0, 1, channels, y, numbers);
    counts[y]++;
  }
}

/** Adds weights[y] * dL/d(ln p_k), which sums to 0 over the channels and so is that at the scores of a softmax; over p_k if p is given. */
export function marginGradient(
  u: Reals,
  labels: Int32Array,
  numbers: MarginNumbers,
  weights: Float64Array,
  p: Reals | null,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0 || weights[y] === 0) continue;
    const share = (k: number): number => (p === null ? weights[y] : weights[y] / p[k * stride + i]);
    if (numbers.id === 'foreground') {
      if (y === 0) continue;
      const surprise = foregroundSurprise(u, i, stride, channels, y);
      const slope = curveSlope(surprise, numbers.curve);
      if (slope === 0) continue;
      for (let k = 1; k < channels; k++) {
        const part = k === y ? Math.expm1(-surprise) : Math.exp(u[y * stride + i] - u[k * stride + i] - surprise);
        gradient[k * stride + i] += slope * share(k) * part;
      }
      continue;
    }
    let own = 0;
    for (let k = 0; k < channels; k++) {
      if (k === y) continue;
      const over = numbers.margin + (u[y * stride + i] - u[k * stride + i]);
      if (over <= 0) continue;
      const slope = numbers.power * over ** (numbers.power - 1);
      own += slope;
      gradient[k * stride + i] += slope * share(k);
    }
    if (own !== 0) gradient[y * stride + i] -= own * share(y);
  }
}
