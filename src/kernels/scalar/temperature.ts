import type { Reals } from './reals.ts';

/** A loss, and its first two derivatives by the factor that the scores are multiplied with. */
export interface LossAt {
  readonly loss: number;
  readonly slope: number;
  readonly curvature: number;
}

/** Takes the largest score of every pixel off its scores: the cross-entropy stays, and no exponential overflows. */
export function belowLargest(z: Reals, channels: number, stride: number, count: number): void {
  for (let i = 0; i < count; i++) {
    let top = -Infinity;
    for (let c = 0; c < channels; c++) top = Math.max(top, z[c * stride + i]);
    for (let c = 0; c < channels; c++) z[c * stride + i] -= top;
  }
}

/** Mean cross-entropy of the scores times `factor`; `below` is how far they are below the largest of their pixel. */
export function softmaxLossAt(
  below: Reals,
  labels: Int32Array,
  channels: number,
  stride: number,
  count: number,
  factor: number,
): LossAt {
  let loss = 0;
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    let first = 0;
    let second = 0;
    for (let c = 0; c < channels; c++) {
      const d = below[c * stride + i];
      const e = Math.exp(factor * d);
      sum += e;
      first += e * d;
      second += e * d * d;
    }
    const mean = first / sum;
    const own = below[labels[i] * stride + i];
    loss += Math.log(sum) - factor * own;
    slope += mean - own;
    curvature += second / sum - mean * mean;
  }
  return { loss: loss / count, slope: slope / count, curvature: curvature / count };
}

/** Mean binary cross-entropy of the scores times `factor` against targets between 0 and 1. */
export function sigmoidLossAt(z: Reals, targets: Reals, factor: number): LossAt {
  let loss = 0;
  let slope = 0;
  let curvature = 0;
  for (let i = 0; i < z.length; i++) {
    const x = factor * z[i];
    const p = 1 / (1 + Math.exp(-x));
    loss += Math.max(x, 0) - x * targets[i] + Math.log1p(Math.exp(-Math.abs(x)));
    slope += (p - targets[i]) * z[i];
    curvature += p * (1 - p) * z[i] * z[i];
  }
  return { loss: loss / z.length, slope: slope / z.length, curvature: curvature / z.length };
}
