import { regionColumns } from '../scalar/gradient.ts';
import * as scalar from '../scalar/gradient-summary.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

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
  const own = engine.given(coefficients.subarray(at, at + regionColumns * channels));
  const flag = Number(ignoredToo);
  engine.run.regionReach(p.byteOffset, labels.byteOffset, own, flag, out.byteOffset, channels, stride, count);
}
