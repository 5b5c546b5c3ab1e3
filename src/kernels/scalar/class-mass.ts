import type { Labels, Reals } from './reals.ts';

/**
 * Adds, per class k of the target and channel l, the sum of g_k p_l over the valid pixels, at [k * channels + l]; and per
 * class its sum of g, to `counts`. A soft confusion matrix.
 */
export function classMass(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  mass: Float64Array,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] < 0) continue;
    for (let k = 0; k < channels; k++) {
      const g = targets === null ? (labels[i] === k ? 1 : 0) : targets[k * stride + i];
      if (g === 0) continue;
      counts[k] += g;
      for (let l = 0; l < channels; l++) mass[k * channels + l] += g * p[l * stride + i];
    }
  }
}

/** out_l = sum_k g_k slopes[k * channels + l] at the valid pixels: the gradient of a function of the masses. */
export function classMassGradient(
  labels: Labels,
  targets: Reals | null,
  slopes: Reals,
  channels: number,
  out: Reals,
): void {
  const pixels = labels.length;
  for (let i = 0; i < pixels; i++) {
    if (labels[i] < 0) continue;
    for (let k = 0; k < channels; k++) {
      const g = targets === null ? (labels[i] === k ? 1 : 0) : targets[k * pixels + i];
      if (g === 0) continue;
      for (let l = 0; l < channels; l++) out[l * pixels + i] += g * slopes[k * channels + l];
    }
  }
}

/** Adds, per channel, the sum of w p g over the valid pixels; without p the sum of w g. */
export function weightedHits(
  p: Reals | null,
  labels: Labels,
  targets: Reals | null,
  weights: Reals,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const g = targets === null ? (labels[i] === c ? 1 : 0) : targets[c * stride + i];
      if (g !== 0) sums[c] += weights[i] * (p === null ? 1 : p[c * stride + i]) * g;
    }
  }
}

/** Adds a w g + b per channel at the valid pixels; a at [2 c], b at [2 c + 1] of `factors`. */
export function weightedHitsGradient(
  labels: Int32Array,
  targets: Reals | null,
  weights: Reals,
  factors: Float64Array,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const g = targets === null ? (labels[i] === c ? 1 : 0) : targets[c * stride + i];
      out[c * stride + i] += factors[2 * c] * weights[i] * g + factors[2 * c + 1];
    }
  }
}

/** Pixel for pixel, the weight that one image's label has times what another's prediction is worth: sum weight_y (1 - sum_l m_y'l p'_l). */
export function crossedHits(
  labels: Labels,
  weights: Float64Array,
  others: Labels,
  p: Reals,
  distances: Float64Array,
  channels: number,
): number {
  const pixels = labels.length;
  let sum = 0;
  for (let i = 0; i < pixels; i++) {
    if (labels[i] < 0 || others[i] < 0) continue;
    let distance = 0;
    for (let l = 0; l < channels; l++) distance += distances[others[i] * channels + l] * p[l * pixels + i];
    sum += weights[labels[i]] * (1 - distance);
  }
  return sum;
}

/** Adds the gradient of `crossedHits` at p, times a factor. */
export function crossedHitsGradient(
  labels: Labels,
  weights: Float64Array,
  others: Labels,
  distances: Float64Array,
  channels: number,
  factor: number,
  out: Reals,
): void {
  const pixels = labels.length;
  for (let i = 0; i < pixels; i++) {
    if (labels[i] < 0 || others[i] < 0) continue;
    const by = factor * weights[labels[i]];
    for (let l = 0; l < channels; l++) out[l * pixels + i] -= by * distances[others[i] * channels + l];
  }
}

/** The class of every pixel from one value per channel: the largest, the first of equals; ignored pixels stay negative. */
export function classIds(targets: Reals, labels: Labels, channels: number): Labels {
  const pixels = labels.length;
  return labels.map((label, i) => {
    if (label < 0) return label;
    let best = 0;
    for (let c = 1; c < channels; c++) if (targets[c * pixels + i] > targets[best * pixels + i]) best = c;
    return best;
  });
}
