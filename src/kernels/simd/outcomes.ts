import * as calibration from '../scalar/calibration.ts';
import * as confusion from '../scalar/confusion.ts';
import * as sides from '../scalar/contrast.ts';
import type { Reals } from '../scalar/reals.ts';
import * as tails from '../scalar/sums.ts';
import { addSums, engineOf } from './engine.ts';

/** Decisions between exclusive classes by their probability: see the scalar kernel. */
export function addWinners(
  p: Reals,
  best: Reals,
  labels: Int32Array,
  sums: Float64Array,
  stride: number,
  count: number,
): void {
  const engine = engineOf(p, best, labels);
  if (engine === undefined) {
    calibration.addWinners(p, best, labels, sums, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  engine.run.addWinners(p.byteOffset, best.byteOffset, labels.byteOffset, own.byteOffset, stride, count);
  addSums(own, sums);
}

/** Decisions of yes or no by their probability: see the scalar kernel. */
export function addSides(
  p: Reals,
  labels: Int32Array,
  targets: Reals,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(p, labels, targets);
  if (engine === undefined) {
    calibration.addSides(p, labels, targets, sums, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  engine.run.addSides(p.byteOffset, labels.byteOffset, targets.byteOffset, own.byteOffset, channels, stride, count);
  addSums(own, sums);
}

/** Counts of truth and decision per channel: see the scalar kernel. */
export function binaryConfusion(
  scores: Reals,
  labels: Int32Array,
  targets: Reals,
  threshold: number,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = Math.fround(threshold) === threshold ? engineOf(scores, labels, targets) : undefined;
  if (engine === undefined) {
    confusion.binaryConfusion(scores, labels, targets, threshold, counts, channels, stride, count);
    return;
  }
  const own = engine.sums(counts.length);
  const [p, y, g] = [scores.byteOffset, labels.byteOffset, targets.byteOffset];
  engine.run.binaryConfusion(p, y, g, threshold, own.byteOffset, channels, stride, count);
  addSums(own, counts);
}

/** Sums on both sides of a question: see the scalar kernel. */
export function contrast(
  p: Reals,
  at: number,
  labels: Int32Array,
  targets: Reals | null,
  sums: Float64Array,
  count: number,
): void {
  const engine = engineOf(p, labels, targets);
  if (engine === undefined) {
    sides.contrast(p, at, labels, targets, sums, count);
    return;
  }
  const own = engine.sums(sums.length);
  engine.run.contrast(p.byteOffset + 4 * at, labels.byteOffset, targets?.byteOffset ?? 0, own.byteOffset, count);
  addSums(own, sums);
}

/** The badly missed pixels: see the scalar kernel. */
export function surpriseTail(
  u: Reals,
  rows: Int32Array,
  impossible: number,
  tail: Float64Array,
  count: number,
  certain = 0,
): void {
  const engine = engineOf(u, rows);
  if (engine === undefined) {
    tails.surpriseTail(u, rows, impossible, tail, count, certain);
    return;
  }
  const own = engine.sums(tail.length);
  own[2] = tail[2];
  engine.run.surpriseTail(
    u.byteOffset,
    rows.byteOffset,
    tails.heavySurprise,
    impossible,
    certain,
    own.byteOffset,
    count,
  );
  tail[2] = 0;
  addSums(own, tail);
}
