import type { Reals } from './reals.ts';

/** -ln p per channel from what the softmax kernel left. */
export function negLogSoftmax(
  z: Reals,
  top: Reals,
  logSum: Reals,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    for (let i = 0; i < count; i++) out[row + i] = top[i] - z[row + i] + logSum[i];
  }
}

/** -ln p of the labelled channel from what the softmax kernel left; 0 where the pixel is ignored. */
export function nllSoftmax(
  z: Reals,
  top: Reals,
  logSum: Reals,
  labels: Int32Array,
  out: Reals,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    out[i] = y < 0 ? 0 : top[i] - z[y * stride + i] + logSum[i];
  }
}

/** Picks one channel per pixel; 0 where the pixel is ignored. */
export function pick(values: Reals, labels: Int32Array, out: Reals, stride: number, count: number): void {
  for (let i = 0; i < count; i++) out[i] = labels[i] < 0 ? 0 : values[labels[i] * stride + i];
}

/** -ln p of stored or rounded probabilities: NaN below 0, Infinity at 0, as every log gives it. */
export function negLog(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - Math.log(p[j]);
  }
}

/** -ln(1 - p) of rounded probabilities. */
export function negLogComplement(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - Math.log(1 - p[j]);
  }
}

/** out = -x for every value. */
export function negate(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - x[j];
  }
}

/** out = exp(x) for every value. */
export function exp(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = Math.exp(x[j]);
  }
}

/** d *= p for every value: the chain rule through p = exp(x), and the scaling of a gradient by an array. */
export function multiply(d: Reals, p: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) d[j] *= p[j];
  }
}

/** out = ln x for every value: NaN below 0. */
export function log(x: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = Math.log(x[j]);
  }
}
