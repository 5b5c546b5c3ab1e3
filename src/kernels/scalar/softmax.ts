import type { Reals } from './reals.ts';

/**
 * Softmax over the channels of a tile. Per pixel it also leaves the largest score in `top` and
 * ln(sum exp(z - top)) in `logSum`, so that -ln p_c = (top - z_c) + logSum without cancellation.
 */
export function softmax(
  z: Reals,
  p: Reals,
  top: Reals,
  logSum: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) top[i] = z[i];
  for (let c = 1; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) if (z[row + i] > top[i]) top[i] = z[row + i];
  }
  for (let i = 0; i < count; i++) logSum[i] = 0;
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) {
      const e = Math.exp(z[row + i] - top[i]);
      p[row + i] = e;
      logSum[i] += e;
    }
  }
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) p[row + i] /= logSum[i];
  }
  for (let i = 0; i < count; i++) logSum[i] = Math.log(logSum[i]);
}

/** dL/dz of a softmax from dL/dp, in place: dz_k = p_k (d_k - sum_j p_j d_j). */
export function softmaxBackward(d: Reals, p: Reals, dot: Reals, channels: number, stride: number, count: number): void {
  for (let i = 0; i < count; i++) dot[i] = 0;
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) {
      // An absent class may have an infinite slope at p = 0; its share of the product is 0.
      if (p[row + i] !== 0) dot[i] += p[row + i] * d[row + i];
    }
  }
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) d[row + i] = p[row + i] === 0 ? 0 : p[row + i] * (d[row + i] - dot[i]);
  }
}
