import { type CurveNumbers, curveSlope } from './curve.ts';
import type { Reals } from './reals.ts';

/** Which pixels take part and how much: an extra factor per pixel and a mining rule. */
export interface PixelFactor {
  readonly map: Reals | null;
  /** 0 keeps all, 1 keeps by loss, 2 keeps by the largest probability. */
  readonly keep: 0 | 1 | 2;
  readonly bound: number;
  readonly ties: number;
  /** NaN ranks above everything. */
  readonly nan: boolean;
  /** What the mining rule ranks by: the loss per pixel for `keep` 1, the largest probability for `keep` 2. */
  readonly rank: Reals | null;
}

/** How much a pixel counts. */
function pixelFactor({ map, keep, bound, ties, nan, rank }: PixelFactor, i: number): number {
  const weight = map === null ? 1 : map[i];
  if (keep === 0 || rank === null) return weight;
  if (keep === 2) return rank[i] < bound ? weight : 0;
  if (nan && Number.isNaN(rank[i])) return weight;
  return rank[i] > bound ? weight : rank[i] === bound ? weight * ties : 0;
}

/** Per pixel factor (into `shares`) and slope of a likelihood loss: out[i] = factor * weights[y] * curve'(u). */
export function likelihoodSlopes(
  u: Reals,
  labels: Int32Array,
  weights: Float64Array,
  curve: CurveNumbers,
  factor: PixelFactor,
  out: Reals,
  shares: Reals,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0) {
      out[i] = 0;
      shares[i] = 0;
      continue;
    }
    const share = pixelFactor(factor, i);
    shares[i] = share;
    out[i] = share === 0 ? 0 : share * weights[y] * curveSlope(u[i], curve);
  }
}

/**
 * Adds the gradient of sum_i a_i (-ln p_y) + s_i sum_k u_k (-ln p_k) at the scores of a softmax:
 * p_k (a + s sum u) - (a g_k + s u_k), with a the slopes, u the uniform part and s the factor of the pixel.
 */
export function likelihoodAtScores(
  slopes: Reals,
  shares: Reals,
  uniform: Float64Array | null,
  p: Reals,
  labels: Int32Array,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  let total = 0;
  if (uniform !== null) for (let c = 0; c < channels; c++) total += uniform[c];
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    const own = uniform === null ? 0 : uniform[c];
    for (let i = 0; i < count; i++) {
      const y = labels[i];
      if (y < 0) continue;
      const a = slopes[i];
      const share = shares[i];
      if (a === 0 && (total === 0 || share === 0)) continue;
      gradient[row + i] += p[row + i] * (a + share * total) - (y === c ? a : 0) - share * own;
    }
  }
}

/** Adds dL/dp of the same loss when p is taken as given: -(a g_k + s u_k) / p_k; without p, dL/d(ln p). */
export function likelihoodAtProbabilities(
  slopes: Reals,
  shares: Reals,
  uniform: Float64Array | null,
  p: Reals | null,
  labels: Int32Array,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    const own = uniform === null ? 0 : uniform[c];
    for (let i = 0; i < count; i++) {
      const y = labels[i];
      if (y < 0) continue;
      const a = (y === c ? slopes[i] : 0) + shares[i] * own;
      if (a !== 0) gradient[row + i] -= p === null ? a : a / p[row + i];
    }
  }
}

/** How the elements kernel reads what it is given. */
export interface ElementNumbers {
  readonly curve: CurveNumbers;
  /** The curve of -ln(1 - p). */
  readonly negativeCurve: CurveNumbers;
  readonly smoothing: number;
  /** `scores`: gradient at the scores of a sigmoid. `probabilities`: at p. `bce`: at p as torch.nn.BCELoss has it. */
  readonly at: 'scores' | 'probabilities' | 'bce';
}

/** How much every pixel counts, by the map and the mining rule. */
export function pixelShares(factor: PixelFactor, out: Reals, count: number): void {
  const { map, keep } = factor;
  if (keep === 0 && map === null) out.fill(1, 0, count);
  else if (keep === 0 && map !== null) out.set(map.subarray(0, count));
  else for (let i = 0; i < count; i++) out[i] = pixelFactor(factor, i);
}

/** Adds the gradient of sum_ic positive_c t F(-ln p) + negative_c (1 - t) F(-ln(1 - p)). */
export function elementsGradient(
  negLogP: Reals,
  negLogQ: Reals,
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  positive: Float64Array,
  negative: Float64Array,
  numbers: ElementNumbers,
  factor: PixelFactor,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const { curve, negativeCurve, smoothing, at } = numbers;
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    const a = positive[c];
    const b = negative[c];
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const j = row + i;
      const hard = targets === null ? (labels[i] === c ? 1 : 0) : targets[j];
      const t = hard * (1 - smoothing) + smoothing / 2;
      const share = pixelFactor(factor, i);
      if (share === 0) continue;
      const up = t === 0 ? 0 : share * a * t * curveSlope(negLogP[j], curve);
      const down = t === 1 ? 0 : share * b * (1 - t) * curveSlope(negLogQ[j], negativeCurve);
      if (at === 'scores') {
        // du/dz is -(1 - p), taken from the logs so that it does not cancel, and p.
        if (up !== 0) gradient[j] -= up * Math.exp(-negLogQ[j]);
        if (down !== 0) gradient[j] += down * p[j];
      } else if (at === 'probabilities') {
        if (up !== 0) gradient[j] -= up / p[j];
        if (down !== 0) gradient[j] += down / (1 - p[j]);
      } else {
        const spread = Math.max(p[j] * (1 - p[j]), 1e-12);
        gradient[j] += (down * p[j] - up * (1 - p[j])) / spread;
      }
    }
  }
}

/** Coefficients per channel of a region gradient. */
export const regionColumns = 6;

/**
 * Adds dL/dp = k0 g^2 + k1 g (1-g) + k2 (1-g)^2 + p (k3 g^2 + k4 g (1-g) + k5 (1-g)^2), six coefficients per channel
 * from `at` on. A hard target meets one of the three alone, so that a huge factor on the other side cannot cancel digits.
 */
export function regionGradient(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  coefficients: Float64Array,
  at: number,
  ignoredToo: boolean,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    const row = c * stride;
    const k = at + regionColumns * c;
    const [k0, k1, k2, k3, k4, k5] = coefficients.subarray(k, k + regionColumns);
    for (let i = 0; i < count; i++) {
      const y = labels[i];
      if (y < 0 && !ignoredToo) continue;
      const g = y < 0 ? 0 : targets === null ? (y === c ? 1 : 0) : targets[row + i];
      if (g === 0) gradient[row + i] += k2 + p[row + i] * k5;
      else if (g === 1) gradient[row + i] += k0 + p[row + i] * k3;
      else {
        const h = 1 - g;
        gradient[row + i] += g * g * k0 + g * h * k1 + h * h * k2 + p[row + i] * (g * g * k3 + g * h * k4 + h * h * k5);
      }
    }
  }
}
