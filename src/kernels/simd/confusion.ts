import * as agreement from '../scalar/agreement.ts';
import * as mass from '../scalar/class-mass.ts';
import * as scalar from '../scalar/confusion.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import * as sums from '../scalar/sums.ts';
import * as unified from '../scalar/unified-focal.ts';
import { addSums, engineOf } from './engine.ts';

/** Tables of more pairs of classes than this do not go through the memory of the SIMD kernels. */
const mostPairs = 2 ** 15;

/** Counts of truth and winner: see the scalar kernel. */
export function confusion(
  scores: Reals,
  labels: Int32Array,
  matrix: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = matrix.length <= mostPairs ? engineOf(scores, labels) : undefined;
  if (engine === undefined) {
    scalar.confusion(scores, labels, matrix, channels, stride, count);
    return;
  }
  const own = engine.sums(matrix.length);
  engine.run.confusion(scores.byteOffset, labels.byteOffset, own.byteOffset, channels, stride, count);
  addSums(own, matrix);
}

/** A soft confusion matrix: see the scalar kernel. */
export function classMass(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  masses: Float64Array,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = targets === null && masses.length <= mostPairs ? engineOf(p, labels) : undefined;
  if (engine === undefined) {
    mass.classMass(p, labels, targets, masses, counts, channels, stride, count);
    return;
  }
  const own = engine.sums(masses.length + counts.length);
  const at = own.byteOffset;
  engine.run.classMass(p.byteOffset, labels.byteOffset, at, at + 8 * masses.length, channels, stride, count);
  addSums(own, masses, counts);
}

/** Sums of the unified focal loss: see the scalar kernel. */
export function unifiedSums(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  numbers: { readonly gamma: number; readonly clip: number; readonly truncated: boolean },
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = targets === null && channels > 1 && !numbers.truncated ? engineOf(p, labels) : undefined;
  if (engine === undefined) {
    unified.unifiedSums(p, labels, targets, numbers, sums, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  const { gamma, clip } = numbers;
  engine.run.unifiedSums(p.byteOffset, labels.byteOffset, gamma, clip, own.byteOffset, channels, stride, count);
  addSums(own, sums);
}

/** The largest channel of every pixel: see the scalar kernel. */
export function largest(p: Reals, out: Reals, channels: number, stride: number, count: number): void {
  const engine = engineOf(p, out);
  if (engine === undefined) sums.largest(p, out, channels, stride, count);
  else engine.run.largest(p.byteOffset, out.byteOffset, channels, stride, count);
}

/** The winning class of every pixel: see the scalar kernel. */
export function winningClass(scores: Reals, out: Labels, channels: number, stride: number, count: number): void {
  const engine = engineOf(scores);
  if (engine === undefined) {
    agreement.winningClass(scores, out, channels, stride, count);
    return;
  }
  const own = engine.row(stride);
  engine.run.winningClass(scores.byteOffset, own.byteOffset, channels, stride, count);
  out.set(new Int32Array(own.buffer, own.byteOffset, count));
}
