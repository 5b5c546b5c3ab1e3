import type { Reals } from './reals.ts';

/** Logistic sigmoid of every value of a tile, by the sign's branch so that neither end loses digits. */
export function sigmoid(z: Reals, p: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) {
      const e = Math.exp(-Math.abs(z[j]));
      p[j] = (z[j] >= 0 ? 1 : e) / (1 + e);
    }
  }
}

/**
 * Sigmoid of every value of a tile with -ln p and -ln(1 - p), from one exponential and one logarithm each: with t = ln(1 +
 * exp(-|z|)) they are max(-z, 0) + t and max(z, 0) + t, exact to rounding at both ends.
 */
export function sigmoidWithLogs(
  z: Reals,
  p: Reals,
  negLogP: Reals,
  negLogQ: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) {
      const x = z[j];
      const e = Math.exp(-Math.abs(x));
      const t = Math.log1p(e);
      p[j] = (x >= 0 ? 1 : e) / (1 + e);
      negLogP[j] = x < 0 ? t - x : t;
      negLogQ[j] = x > 0 ? t + x : t;
    }
  }
}

/** dL/dz of a sigmoid from dL/dp, in place. */
export function sigmoidBackward(d: Reals, p: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) d[j] *= p[j] * (1 - p[j]);
  }
}
