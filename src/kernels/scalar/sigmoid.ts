/** ln(1 + exp(x)), exact to rounding over the whole range. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Logistic sigmoid of every value of a tile, by the sign's branch so that neither end loses digits. */
export function sigmoid(z: Float64Array, p: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) {
      const e = Math.exp(-Math.abs(z[j]));
      p[j] = (z[j] >= 0 ? 1 : e) / (1 + e);
    }
  }
}

/** dL/dz of a sigmoid from dL/dp, in place. */
export function sigmoidBackward(
  d: Float64Array,
  p: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) d[j] *= p[j] * (1 - p[j]);
  }
}
