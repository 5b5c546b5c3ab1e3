import type { Curve, GradientField, LossValue, Measure, Subject } from '../core/index.ts';
import { channelLogs, type LikelihoodSums, likelihood } from '../measures/index.ts';
import { dot, meanPerClass } from './_class-rows.ts';

/** How a cross-entropy is weighed and reduced. */
export interface Weighing {
  readonly weights: Float64Array;
  readonly divideBy: 'weights' | 'count';
  readonly reduction: 'mean' | 'sum';
  readonly smoothing: number;
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
  return { pixels: likelihood(curve), channels: smoothing > 0 ? channelLogs : undefined };
}

/** True where softmax runs over one channel: its output is 1 whatever the network says. */
export function isDegenerate(subject: Subject): boolean {
  return subject.channels === 1;
}

/** What the sum is divided by. */
export function divisor(pixels: LikelihoodSums, weighing: Weighing, subject: Subject): number {
  if (weighing.reduction === 'sum') return 1;
  // torch divides by the pixel count when the target is given as probabilities, weights or not.
  if (weighing.divideBy === 'count' || subject.kind === 'multilabel') return pixels.valid;
  return dot(weighing.weights, pixels.weight);
}

/** sum_i [(1 - e) w_y l_i + (e / C) sum_k w_k (-ln p_ik)] / divisor, as torch.nn.functional.cross_entropy has it. */
export function crossEntropyValue(values: CrossEntropyValues, weighing: Weighing, subject: Subject): LossValue {
  if (isDegenerate(subject)) return { value: 0, perClass: [0, 0], contributions: null };
  const { pixels } = values;
  const { weights, smoothing } = weighing;
  const spread = values.channels === undefined ? 0 : (smoothing / subject.channels) * dot(weights, values.channels);
  const sum = (1 - smoothing) * dot(weights, pixels.byRow) + spread;
  return {
    value: sum / divisor(pixels, weighing, subject),
    perClass: meanPerClass(pixels.byRow, pixels.weight),
    contributions: [...pixels.byRow].map((row, c) => (row === 0 ? 0 : row * (weights[c] ?? 0))),
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
  if (subject.kind === 'multilabel') {
    return [{ kind: 'elements', curve, positive: own, negative: new Float64Array(subject.channels) }];
  }
  const uniform = weights.map((w) => (smoothing * w * scale) / subject.channels);
  return [{ kind: 'likelihood', curve, weights: own, ...(smoothing > 0 ? { uniform } : {}) }];
}

/** Infimum with smoothed labels: the cross-entropy at the best prediction, which is the smoothed target itself. */
export function smoothedInfimum(values: CrossEntropyValues, weighing: Weighing, subject: Subject): number | null {
  const { weights, smoothing } = weighing;
  if (smoothing === 0 || isDegenerate(subject) || subject.kind !== 'exclusive') return null;
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
