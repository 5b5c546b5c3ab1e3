import { type CurveNumbers, curveValue } from './curve.ts';
import type { Reals } from './reals.ts';

/** Loss per pixel of class ids: weights[y] * curve(u); 0 where the pixel is ignored. */
export function pixelLosses(
  u: Reals,
  labels: Int32Array,
  weights: Float64Array | null,
  curve: CurveNumbers,
  out: Reals,
  count: number,
): void {
  const plain = curve.shape === undefined && curve.gamma === 0 && curve.clip === 0 && curve.logFloor === -Infinity;
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0) out[i] = 0;
    else out[i] = (weights === null ? 1 : weights[y]) * (plain ? u[i] : curveValue(u[i], curve));
  }
}

/** Loss per pixel of class ids with smoothed labels: own[y] u_y + sum_k spread[k] u_k; 0 where the pixel is ignored. */
export function smoothLosses(
  nll: Reals,
  u: Reals,
  labels: Int32Array,
  own: Float64Array,
  spread: Float64Array,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    const y = labels[i];
    if (y >= 0) for (let c = 0; c < channels; c++) sum += spread[c] * u[c * stride + i];
    out[i] = y < 0 ? 0 : own[y] * nll[i] + sum;
  }
}

/** Loss per pixel of a one-channel target: t F(-ln p) + (1 - t) F(-ln(1 - p)), weighed by the side it is on. */
export function binaryLosses(
  negLogP: Reals,
  negLogQ: Reals,
  labels: Int32Array,
  targets: Reals,
  weights: Float64Array | null,
  curve: CurveNumbers,
  out: Reals,
  count: number,
  smoothing = 0,
): void {
  for (let i = 0; i < count; i++) {
    const t = targets[i] * (1 - smoothing) + smoothing / 2;
    let loss = 0;
    if (labels[i] >= 0) {
      if (t !== 0) loss += t * (weights === null ? 1 : weights[1]) * curveValue(negLogP[i], curve);
      if (t !== 1) loss += (1 - t) * (weights === null ? 1 : weights[0]) * curveValue(negLogQ[i], curve);
    }
    out[i] = loss;
  }
}

/** Adds each pixel's loss to the row of the pixel, and the pixel to the row's count. */
export function sumByRow(
  losses: Reals,
  rows: Int32Array,
  sums: Float64Array,
  counts: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    if (row < 0) continue;
    sums[row] += losses[i];
    counts[row]++;
  }
}

/**
 * The same for the two sides of a one-channel target: (1 - t) F(-ln(1 - p)) and t F(-ln p), and 1 - t and t to the weights,
 * all times the pixel's map value.
 */
export function sumBySide(
  negLogP: Reals,
  negLogQ: Reals,
  labels: Int32Array,
  targets: Reals,
  curve: CurveNumbers,
  map: Reals | null,
  sums: Float64Array,
  weights: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] < 0) continue;
    const weight = map === null ? 1 : map[i];
    const up = weight * targets[i];
    const down = weight * (1 - targets[i]);
    if (down !== 0) sums[0] += down * curveValue(negLogQ[i], curve);
    if (up !== 0) sums[1] += up * curveValue(negLogP[i], curve);
    weights[0] += down;
    weights[1] += up;
  }
}

/** Number of pixels that are not ignored. */
export function countValid(labels: Int32Array, count: number): number {
  let valid = 0;
  for (let i = 0; i < count; i++) if (labels[i] >= 0) valid++;
  return valid;
}

/** The largest channel of every pixel. */
export function largest(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  for (let i = 0; i < count; i++) out[i] = p[i];
  for (let c = 1; c < channels; c++) {
    for (let i = 0; i < count; i++) if (p[c * stride + i] > out[i]) out[i] = p[c * stride + i];
  }
}

/**
 * Sums over the elements of each channel: t F(-ln p), (1 - t) F(-ln(1 - p)), (1 - t) F(-ln p), t F(-ln(1 - p)),
 * four per channel, those of -ln(1 - p) under a curve of their own if need be; the last two only where `crossed`. A zero target
 * never meets an infinite loss.
 */
export function sumElements(
  negLogP: Reals,
  negLogQ: Reals,
  labels: Int32Array,
  targets: Reals | null,
  curve: CurveNumbers,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
  negativeCurve = curve,
  crossed = true,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    let positive = 0;
    let negative = 0;
    let crossPositive = 0;
    let crossNegative = 0;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const t = targets === null ? (labels[i] === c ? 1 : 0) : targets[row + i];
      if (t !== 0) {
        positive += t * curveValue(negLogP[row + i], curve);
        if (crossed) crossNegative += t * curveValue(negLogQ[row + i], negativeCurve);
      }
      if (t !== 1) {
        negative += (1 - t) * curveValue(negLogQ[row + i], negativeCurve);
        if (crossed) crossPositive += (1 - t) * curveValue(negLogP[row + i], curve);
      }
    }
    sums[4 * c] += positive;
    sums[4 * c + 1] += negative;
    sums[4 * c + 2] += crossPositive;
    sums[4 * c + 3] += crossNegative;
  }
}

/** The first two sums of `sumElements` from the probabilities, whose logarithms nobody else needs: t F(-ln p) and (1 - t) F(-ln(1 - p)). */
export function sumLogs(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  curve: CurveNumbers,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    let positive = 0;
    let negative = 0;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const t = targets === null ? (labels[i] === c ? 1 : 0) : targets[row + i];
      if (t !== 0) positive += t * curveValue(0 - Math.log(p[row + i]), curve);
      if (t !== 1) negative += (1 - t) * curveValue(0 - Math.log(1 - p[row + i]), curve);
    }
    sums[4 * c] += positive;
    sums[4 * c + 1] += negative;
  }
}

/** Adds curve(u) of every channel over the valid pixels. */
export function sumChannels(
  u: Reals,
  labels: Int32Array,
  curve: CurveNumbers,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    let sum = 0;
    for (let i = 0; i < count; i++) if (labels[i] >= 0) sum += curveValue(u[row + i], curve);
    sums[c] += sum;
  }
}

/** Counts of a histogram over [from, to) with equal bins; values outside go to the first or last bin, NaN nowhere. */
export function histogram(
  values: Reals,
  offset: number,
  count: number,
  from: number,
  to: number,
  bins: Float64Array,
): void {
  const scale = bins.length / (to - from);
  for (let i = offset; i < offset + count; i++) {
    const bin = Math.floor((values[i] - from) * scale);
    if (bin >= 0 && bin < bins.length) bins[bin]++;
    else if (bin < 0) bins[0]++;
    else if (bin >= bins.length) bins[bins.length - 1]++;
  }
}

/** Adds the loss, and 1, of every pixel whose value is below the threshold to the pixel's row. */
export function countBelow(
  values: Reals,
  threshold: number,
  losses: Reals,
  rows: Int32Array,
  sums: Float64Array,
  counts: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    if (row < 0 || !(values[i] < threshold)) continue;
    sums[row] += losses[i];
    counts[row]++;
  }
}

/** How badly the true class is missed: counts and sums of surprise by size. */
export const tailColumns = 7;

/** The surprise of p = 1e-4. */
export const heavySurprise: number = -Math.log(1e-4);

/**
 * Adds to [pixels, total surprise, largest, pixels with p < 1e-4, their surprise, pixels with p = 0 to the dtype,
 * pixels with p = 1]. `impossible` is the surprise from which p counts as 0, `certain` the one up to which it counts as 1.
 */
export function surpriseTail(
  u: Reals,
  rows: Int32Array,
  impossible: number,
  tail: Float64Array,
  count: number,
  certain = 0,
): void {
  for (let i = 0; i < count; i++) {
    if (rows[i] < 0) continue;
    const value = u[i];
    tail[0]++;
    tail[1] += value;
    tail[2] = Math.max(tail[2], value);
    if (value > heavySurprise) {
      tail[3]++;
      tail[4] += value;
    }
    if (value >= impossible) tail[5]++;
    if (value <= certain) tail[6]++;
  }
}
