import { type CurveNumbers, clippedTo } from '../scalar/curve.ts';
import type { ElementNumbers, PixelFactor } from '../scalar/gradient.ts';
import * as scalar from '../scalar/gradient.ts';
import type { Reals } from '../scalar/reals.ts';
import { type Engine, engineOf } from './engine.ts';

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
  pixelShares(engine, factor, shares, count);
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

/** How much every pixel counts: see the scalar kernel. A bound that is no single is compared as the double that it is. */
function pixelShares(engine: Engine, factor: PixelFactor, out: Reals, count: number): void {
  const { map, rank, keep, bound, ties, nan } = factor;
  const exact = keep === 0 || Object.is(Math.fround(bound), bound);
  if (!exact || engineOf(out, map, rank) !== engine) {
    scalar.pixelShares(factor, out, count);
    return;
  }
  const rule = rank === null ? 0 : keep;
  const [weights, ranks] = [map?.byteOffset ?? 0, rank?.byteOffset ?? 0];
  engine.run.pixelShares(weights, ranks, rule, bound, ties, Number(nan), out.byteOffset, count);
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
    pixelShares(engine, factor, shares, count);
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
