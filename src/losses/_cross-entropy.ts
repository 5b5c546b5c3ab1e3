import type { Curve, GradientField, LossValue, Measure, Subject } from '../core/index.ts';
import { channelLogs, type LikelihoodSums, likelihood } from '../measures/index.ts';
import { dot, meanPerClass, times } from './_class-rows.ts';

/** How a cross-entropy is weighed and reduced. */
export interface Weighing {
  readonly weights: Float64Array;
  readonly divideBy: 'weights' | 'count';
  readonly reduction: 'mean' | 'sum';
  readonly smoothing: number;
  /** A mean divides by all pixels, ignored ones included. */
  readonly count?: 'valid' | 'all';
}

/** What every cross-entropy over exclusive classes is made of. */
export interface CrossEntropyValues {
  readonly pixels: LikelihoodSums;
  readonly channels: Float64Array | undefined;
}

/** -ln p with the options that clip it. */
export function logCurve(options: { readonly clip: number; readonly 'log-floor': number | null }): Curve {
  const floor = options['log-floor'];
  return { id: 'log', clip: options.clip, ...(floor === null ? {} : { logFloor: floor }) };
}

/** The measures of a cross-entropy; the per-channel sums only where labels are smoothed. */
export function crossEntropyMeasures(
  curve: Curve,
  smoothing: number,
): { pixels: Measure<LikelihoodSums>; channels: Measure<Float64Array> | undefined } {
  return { pixels: likelihood(curve), channels: smoothing > 0 ? channelLogs(curve) : undefined };
}

/** True where softmax runs over one channel: its output is 1 whatever the network says. */
function isDegenerate(subject: Subject): boolean {
  return subject.channels === 1;
}

/** What the sum is divided by. */
function divisor(pixels: LikelihoodSums, weighing: Weighing, subject: Subject): number {
  if (weighing.reduction === 'sum') return 1;
  if (weighing.count === 'all') return subject.images * subject.pixels;
  // torch divides by the pixel count when the target is given as probabilities, weights or not.
  if (weighing.divideBy === 'count' || subject.kind === 'multilabel') return pixels.valid;
  return dot(weighing.weights, pixels.weight);
}

/** sum_i [(1 - e) w_y l_i + (e / C) sum_k w_k (-ln p_ik)] / divisor, as torch.nn.functional.cross_entropy has it. */
export function crossEntropyValue(values: CrossEntropyValues, weighing: Weighing, subject: Subject): LossValue {
  if (isDegenerate(subject)) return { value: 0, perClass: [0, 0], contributions: null };
  const { pixels } = values;
  const { weights, smoothing } = weighing;
  const spread = smoothing / subject.channels;
  const contributions = [...weights].map(
    (w, c) => times(w * (1 - smoothing), pixels.byRow[c]) + times(w * spread, values.channels?.[c]),
  );
  return {
    value: contributions.reduce((a, b) => a + b, 0) / divisor(pixels, weighing, subject),
    perClass: meanPerClass(pixels.byRow, pixels.weight),
    contributions,
  };
}

/** The gradient of the same. */
export function crossEntropyGradient(
  values: CrossEntropyValues,
  curve: Curve,
  weighing: Weighing,
  subject: Subject,
): readonly GradientField[] {
  if (isDegenerate(subject)) return [];
  const { weights, smoothing } = weighing;
  const by = divisor(values.pixels, weighing, subject);
  // All pixels ignored: 0/0 is the value, but there is no pixel to carry a gradient.
  const scale = by === 0 ? 0 : 1 / by;
  const own = weights.map((w) => (1 - smoothing) * w * scale);
  const uniform = weights.map((w) => (smoothing * w * scale) / subject.channels);
  if (subject.kind === 'multilabel') {
    const targets = { kind: 'elements', curve, positive: own, negative: new Float64Array(subject.channels) } as const;
    return smoothing > 0 ? [targets, spreadField(curve, uniform)] : [targets];
  }
  if (smoothing === 0) return [{ kind: 'likelihood', curve, weights: own }];
  if (isPlain(curve)) return [{ kind: 'likelihood', curve, weights: own, uniform }];
  return [{ kind: 'likelihood', curve, weights: own }, spreadField(curve, uniform)];
}

function isPlain(curve: Curve): boolean {
  return curve.id === 'log' && (curve.clip ?? 0) === 0 && curve.logFloor === undefined;
}

/** The gradient of sum_k uniform_k curve(-ln p_k) alone. Smoothed to the full, every target value is 1/2. */
function spreadField(curve: Curve, uniform: Float64Array): GradientField {
  if (isPlain(curve)) return { kind: 'likelihood', curve, weights: uniform.map(() => 0), uniform };
  const positive = uniform.map((share) => 2 * share);
  return { kind: 'elements', curve, positive, negative: uniform.map(() => 0), smoothing: 1 };
}

/** Infimum with smoothed labels: the cross-entropy at the best prediction, which is the smoothed target itself. */
export function smoothedInfimum(values: CrossEntropyValues, weighing: Weighing, subject: Subject): number | null {
  const { weights, smoothing } = weighing;
  if (smoothing === 0 || isDegenerate(subject)) return null;
  // Overlapping labels: the best p depends on which classes meet in a pixel. No term is negative.
  if (subject.kind !== 'exclusive') return 0;
  const classes = subject.channels;
  let sum = 0;
  for (let y = 0; y < classes; y++) {
    const pixels = values.pixels.weight[y] ?? 0;
    if (pixels === 0) continue;
    const q = weights.map((w, k) => (smoothing * w) / classes + (k === y ? (1 - smoothing) * (weights[y] ?? 0) : 0));
    const mass = q.reduce((a, b) => a + b, 0);
    sum += pixels * q.reduce((h, share) => (share > 0 ? h - share * Math.log(share / mass) : h), 0);
  }
  return sum / divisor(values.pixels, weighing, subject);
}
