import { type CurveNumbers, clippedTo } from '../scalar/curve.ts';
import type { Reals } from '../scalar/reals.ts';
import * as scalar from '../scalar/sums.ts';
import { addSums, engineAt, engineOf } from './engine.ts';

/** Loss per pixel of class ids: see the scalar kernel. */
export function pixelLosses(
  u: Reals,
  labels: Int32Array,
  weights: Float64Array | null,
  curve: CurveNumbers,
  out: Reals,
  count: number,
): void {
  const engine = engineOf(u, labels, out);
  const { code } = curve;
  if (engine === undefined || code === undefined || code.id === 2 || code.id === 3) {
    scalar.pixelLosses(u, labels, weights, curve, out, count);
    return;
  }
  const [low, high] = clippedTo(curve);
  engine.run.pixelLosses(u.byteOffset, labels.byteOffset, code.id, low, high, code.a, out.byteOffset, count);
  if (weights !== null) for (let i = 0; i < count; i++) if (labels[i] >= 0) out[i] *= weights[labels[i]];
}

/** Loss per pixel of a one-channel target: see the scalar kernel. */
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
  const engine = engineOf(negLogP, negLogQ, labels, targets, out);
  const { code } = curve;
  if (engine === undefined || code === undefined) {
    scalar.binaryLosses(negLogP, negLogQ, labels, targets, weights, curve, out, count, smoothing);
    return;
  }
  const [low, high] = clippedTo(curve);
  engine.run.binaryLosses(
    negLogP.byteOffset,
    negLogQ.byteOffset,
    labels.byteOffset,
    targets.byteOffset,
    weights === null ? 1 : weights[1],
    weights === null ? 1 : weights[0],
    code.id,
    low,
    high,
    code.a,
    code.b,
    smoothing,
    out.byteOffset,
    count,
  );
}

/** Sums over the elements of each channel: see the scalar kernel. */
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
  const engine = engineOf(negLogP, negLogQ, labels, targets);
  const { code } = curve;
  if (engine === undefined || code === undefined || negativeCurve !== curve) {
    scalar.sumElements(negLogP, negLogQ, labels, targets, curve, sums, channels, stride, count, negativeCurve, crossed);
    return;
  }
  const own = engine.sums(sums.length);
  const [low, high] = clippedTo(curve);
  engine.run.sumElements(
    negLogP.byteOffset,
    negLogQ.byteOffset,
    labels.byteOffset,
    targets?.byteOffset ?? 0,
    code.id,
    low,
    high,
    code.a,
    code.b,
    Number(crossed),
    own.byteOffset,
    channels,
    stride,
    count,
  );
  addSums(own, sums);
}

/** The first two of those sums from the probabilities: see the scalar kernel. */
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
  const engine = curve.code?.id === 0 ? engineOf(p, labels, targets) : undefined;
  if (engine === undefined) {
    scalar.sumLogs(p, labels, targets, curve, sums, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  const [low, high] = clippedTo(curve);
  const [ids, given] = [labels.byteOffset, targets?.byteOffset ?? 0];
  engine.run.sumElements(p.byteOffset, 0, ids, given, 0, low, high, 0, 0, 0, own.byteOffset, channels, stride, count);
  addSums(own, sums);
}

/** Sums of the two sides of a one-channel target: see the scalar kernel. */
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
  const engine = engineOf(negLogP, negLogQ, labels, targets);
  const { code } = curve;
  if (engine === undefined || code === undefined) {
    scalar.sumBySide(negLogP, negLogQ, labels, targets, curve, map, sums, weights, count);
    return;
  }
  const [low, high] = clippedTo(curve);
  const own = engine.sums(4);
  let factors = 0;
  if (map !== null) {
    const row = engine.row(negLogP.length);
    row.set(map.subarray(0, count));
    factors = row.byteOffset;
  }
  engine.run.sumBySide(
    negLogP.byteOffset,
    negLogQ.byteOffset,
    labels.byteOffset,
    targets.byteOffset,
    factors,
    code.id,
    low,
    high,
    code.a,
    code.b,
    own.byteOffset,
    count,
  );
  addSums(own, sums, weights);
}

/** Losses, and pixels, by row: see the scalar kernel. */
export function sumByRow(
  losses: Reals,
  rows: Int32Array,
  sums: Float64Array,
  counts: Float64Array,
  count: number,
): void {
  const engine = engineOf(losses, rows);
  if (engine === undefined) {
    scalar.sumByRow(losses, rows, sums, counts, count);
    return;
  }
  const own = engine.sums(sums.length + counts.length);
  const at = own.byteOffset;
  engine.run.sumByRow(losses.byteOffset, rows.byteOffset, at, at + 8 * sums.length, count);
  addSums(own, sums, counts);
}

/** Number of pixels that are not ignored: see the scalar kernel. */
export function countValid(labels: Int32Array, count: number): number {
  const engine = engineAt(labels);
  return engine === undefined ? scalar.countValid(labels, count) : engine.count.countValid(labels.byteOffset, count);
}
