import * as scalar from '../scalar/overlap.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Sums that region losses are made of: see the scalar kernel. */
export function overlap(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  sums: Float64Array,
  ignored: Float64Array,
  totals: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(p, labels, targets);
  if (engine === undefined) {
    scalar.overlap(p, labels, targets, sums, ignored, totals, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length + ignored.length + totals.length);
  const at = own.byteOffset;
  const second = at + 8 * sums.length;
  const third = second + 8 * ignored.length;
  const [from, ids] = [p.byteOffset, labels.byteOffset];
  if (targets === null) engine.run.overlapOfIds(from, ids, at, second, third, channels, stride, count);
  else engine.run.overlapOfTargets(from, ids, targets.byteOffset, at, second, third, channels, stride, count);
  addSums(own, sums, ignored, totals);
}
