import { type CurveNumbers, clippedTo } from '../scalar/curve.ts';
import type { ElementNumbers, PixelFactor } from '../scalar/gradient.ts';
import * as scalar from '../scalar/gradient.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Slope of every pixel's loss: see the scalar kernel. */
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
  const { code } = curve;
  // Below 1 the power of a focal loss has an infinite slope at p = 1, which the scalar kernel hands on as the libraries do.
  const known = code !== undefined && (code.id === 0 || code.id === 4 || (code.id === 1 && code.a >= 1));
  const engine = known ? engineOf(u, labels, out, shares) : undefined;
  if (engine === undefined || code === undefined) {
    scalar.likelihoodSlopes(u, labels, weights, curve, factor, out, shares, count);
    return;
  }
  scalar.pixelShares(factor, shares, count);
  const [low, high] = clippedTo(curve);
  engine.run.likelihoodSlopes(
    u.byteOffset,
    labels.byteOffset,
    engine.given(weights),
    shares.byteOffset,
    code.id,
    low,
    high,
    code.a,
    out.byteOffset,
    count,
  );
}

/** The gradient of a likelihood loss at the scores of a softmax: see the scalar kernel. */
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
  const engine = engineOf(slopes, shares, p, labels, gradient);
  if (engine === undefined) {
    scalar.likelihoodAtScores(slopes, shares, uniform, p, labels, gradient, channels, stride, count);
    return;
  }
  const even = uniform === null ? 0 : engine.given(uniform);
  const total = uniform === null ? 0 : uniform.reduce((a, b) => a + b, 0);
  engine.run.likelihoodAtScores(
    slopes.byteOffset,
    shares.byteOffset,
    even,
    total,
    p.byteOffset,
    labels.byteOffset,
    gradient.byteOffset,
    channels,
    stride,
    count,
  );
}

/** The gradient of a region loss at the probabilities: see the scalar kernel. */
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
  const engine = engineOf(p, labels, targets, gradient);
  if (engine === undefined) {
    scalar.regionGradient(p, labels, targets, coefficients, at, ignoredToo, gradient, channels, stride, count);
    return;
  }
  const own = engine.given(coefficients.subarray(at, at + scalar.regionColumns * channels));
  engine.run.regionGradient(
    p.byteOffset,
    labels.byteOffset,
    targets?.byteOffset ?? 0,
    own,
    Number(ignoredToo),
    gradient.byteOffset,
    channels,
    stride,
    count,
  );
}

/** The gradient of a loss of elements: see the scalar kernel. */
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
  const { code } = curve;
  const plain = factor.keep === 0 && factor.map === null;
  const alike = at === 'scores' && curve === negativeCurve;
  // Below 1 the power of a focal loss has an infinite slope at p = 1, which the scalar kernel hands on as the libraries do.
  const known = code !== undefined && !(code.id === 1 && code.a < 1);
  const engine = alike && known ? engineOf(negLogP, negLogQ, p, labels, targets, gradient) : undefined;
  if (engine === undefined || code === undefined) {
    scalar.elementsGradient(
      negLogP,
      negLogQ,
      p,
      labels,
      targets,
      positive,
      negative,
      numbers,
      factor,
      gradient,
      channels,
      stride,
      count,
    );
    return;
  }
  const [low, high] = clippedTo(curve);
  let shares: Reals | null = null;
  if (!plain) {
    shares = engine.row(stride);
    scalar.pixelShares(factor, shares, count);
  }
  const own = engine.given([...positive, ...negative]);
  engine.run.elementsGradient(
    negLogP.byteOffset,
    negLogQ.byteOffset,
    p.byteOffset,
    labels.byteOffset,
    targets?.byteOffset ?? 0,
    own,
    own + 4 * channels,
    code.id,
    low,
    high,
    code.a,
    code.b,
    smoothing,
    shares?.byteOffset ?? 0,
    gradient.byteOffset,
    channels,
    stride,
    count,
  );
}

/** Folds a tile's gradient into its summary: see the scalar kernel. */
export function summariseGradient(
  gradient: Reals,
  rowOf: Int32Array,
  byChannel: boolean,
  summary: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(gradient, rowOf);
  if (engine === undefined) {
    scalar.summariseGradient(gradient, rowOf, byChannel, summary, channels, stride, count);
    return;
  }
  const own = engine.sums(summary.length);
  engine.run.summariseGradient(
    gradient.byteOffset,
    rowOf.byteOffset,
    Number(byChannel),
    own.byteOffset,
    channels,
    stride,
    count,
  );
  const largest = Math.max(summary[0], own[0]);
  addSums(own, summary);
  summary[0] = largest;
}

/** Length and largest entry of the gradient at every pixel: see the scalar kernel. */
export function pixelReach(
  gradient: Reals,
  labels: Int32Array | null,
  out: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(gradient, labels, out);
  if (engine === undefined) scalar.pixelReach(gradient, labels, out, channels, stride, count);
  else {
    const ids = labels?.byteOffset ?? 0;
    engine.run.pixelReach(gradient.byteOffset, ids, out.byteOffset, channels, stride, count);
  }
}

/** Folds slopes into a summary: see the scalar kernel. */
export function summariseSlopes(
  slopes: Reals,
  lengths: Reals,
  largest: Reals,
  rowOf: Int32Array,
  summary: Float64Array,
  count: number,
): void {
  const engine = engineOf(slopes, lengths, largest, rowOf);
  if (engine === undefined) {
    scalar.summariseSlopes(slopes, lengths, largest, rowOf, summary, count);
    return;
  }
  const own = engine.sums(summary.length);
  const at = own.byteOffset;
  engine.run.summariseSlopes(slopes.byteOffset, lengths.byteOffset, largest.byteOffset, rowOf.byteOffset, at, count);
  const most = Math.max(summary[0], own[0]);
  addSums(own, summary);
  summary[0] = most;
}

/** Length and largest entry of the gradient of a region loss through a softmax: see the scalar kernel. */
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
  const engine = engineOf(p, labels, out);
  if (engine === undefined) {
    scalar.regionReach(p, labels, coefficients, at, ignoredToo, out, channels, stride, count);
    return;
  }
  const own = engine.given(coefficients.subarray(at, at + scalar.regionColumns * channels));
  const flag = Number(ignoredToo);
  engine.run.regionReach(p.byteOffset, labels.byteOffset, own, flag, out.byteOffset, channels, stride, count);
}
