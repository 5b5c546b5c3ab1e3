/** -ln p per channel from what the softmax kernel left. */
export function negLogSoftmax(
  z: Float64Array,
  top: Float64Array,
  logSum: Float64Array,
  out: Float64Array,
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
  z: Float64Array,
  top: Float64Array,
  logSum: Float64Array,
  labels: Int32Array,
  out: Float64Array,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    out[i] = y < 0 ? 0 : top[i] - z[y * stride + i] + logSum[i];
  }
}

/** Picks one channel per pixel; 0 where the pixel is ignored. */
export function pick(values: Float64Array, labels: Int32Array, out: Float64Array, stride: number, count: number): void {
  for (let i = 0; i < count; i++) out[i] = labels[i] < 0 ? 0 : values[labels[i] * stride + i];
}

/** -ln p of stored or rounded probabilities: NaN below 0, Infinity at 0, as every log gives it. */
export function negLog(p: Float64Array, out: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - Math.log(p[j]);
  }
}

/** -ln(1 - p) of rounded probabilities. */
export function negLogComplement(
  p: Float64Array,
  out: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - Math.log(1 - p[j]);
  }
}

/** out = -x for every value. */
export function negate(x: Float64Array, out: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = 0 - x[j];
  }
}

/** out = exp(x) for every value. */
export function exp(x: Float64Array, out: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = Math.exp(x[j]);
  }
}

/** d *= p for every value: the chain rule through p = exp(x), and the scaling of a gradient by an array. */
export function multiply(d: Float64Array, p: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) d[j] *= p[j];
  }
}

/** out = ln x for every value: NaN below 0. */
export function log(x: Float64Array, out: Float64Array, channels: number, stride: number, count: number): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) out[j] = Math.log(x[j]);
  }
}
