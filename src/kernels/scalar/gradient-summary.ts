import { regionColumns } from './gradient.ts';
import type { Reals } from './reals.ts';

/** Columns of the summary of a gradient: largest absolute value, pixels below 1e-6, valid pixels; then squares per row. */
export const gradientColumns = 3;

/**
 * Folds a tile's gradient into its summary. `rowOf` gives each pixel's row of the per-class table; with `byChannel`, where a
 * pixel has several classes, every channel is a row of its own.
 */
export function summariseGradient(
  gradient: Reals,
  rowOf: Int32Array,
  byChannel: boolean,
  summary: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let square = 0;
    let largest = 0;
    for (let c = 0; c < channels; c++) {
      const value = gradient[c * stride + i];
      if (byChannel && rowOf[i] >= 0) summary[gradientColumns + 1 + c] += value * value;
      else square += value * value;
      // Math.max keeps a NaN once it is there.
      largest = Math.max(largest, Math.abs(value));
    }
    summary[0] = Math.max(summary[0], largest);
    if (rowOf[i] >= 0) {
      summary[2]++;
      if (largest < 1e-6) summary[1]++;
    }
    summary[gradientColumns + (rowOf[i] < 0 ? 0 : 1 + rowOf[i])] += square;
  }
}

/**
 * Length of the gradient at every pixel over the channels, then, a stride further, its largest absolute entry. With labels, of the
 * gradient less 1 in the labelled channel: of probabilities that gives the gradient of -ln p_y at the scores of a softmax.
 */
export function pixelReach(
  gradient: Reals,
  labels: Int32Array | null,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let square = 0;
    let largest = 0;
    for (let c = 0; c < channels; c++) {
      const value = gradient[c * stride + i] - (labels !== null && labels[i] === c ? 1 : 0);
      square += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    out[i] = Math.sqrt(square);
    out[stride + i] = largest;
  }
}

/** The same summary of a gradient that is, at every pixel, `slopes` times one of known length and largest entry. */
export function summariseSlopes(
  slopes: Reals,
  lengths: Reals,
  largest: Reals,
  rowOf: Int32Array,
  summary: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    // A pixel without a slope has no gradient, whatever its probability.
    const slope = Math.abs(slopes[i]);
    const size = slope === 0 ? 0 : slope * largest[i];
    const length = slope === 0 ? 0 : slope * lengths[i];
    summary[0] = Math.max(summary[0], size);
    if (rowOf[i] >= 0) {
      summary[2]++;
      if (size < 1e-6) summary[1]++;
    }
    summary[gradientColumns + (rowOf[i] < 0 ? 0 : 1 + rowOf[i])] += length * length;
  }
}

/**
 * Length and largest entry, as pixelReach has them, of the gradient of a region loss at the scores of a softmax: p_k (h_k - sum_j p_j h_j), h the
 * gradient at the probabilities of class ids. Nothing is written per channel.
 */
export function regionReach(
  p: Reals,
  labels: Int32Array,
  coefficients: Float64Array,
  at: number,
  ignoredToo: boolean,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const slope = new Float64Array(channels);
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    let dot = 0;
    for (let c = 0; c < channels; c++) {
      const k = at + regionColumns * c + (y === c ? 0 : 2);
      const q = p[c * stride + i];
      slope[c] = y < 0 && !ignoredToo ? 0 : coefficients[k] + q * coefficients[k + 3];
      // An absent class may have an infinite slope at p = 0; its share of the product is 0.
      if (q !== 0) dot += q * slope[c];
    }
    let square = 0;
    let largest = 0;
    for (let c = 0; c < channels; c++) {
      const q = p[c * stride + i];
      const value = q === 0 ? 0 : q * (slope[c] - dot);
      square += value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    out[i] = Math.sqrt(square);
    out[stride + i] = largest;
  }
}
