import type { MarginNumbers } from '../scalar/margins.ts';
import * as scalar from '../scalar/margins.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Losses of the differences of log-probabilities by class: see the scalar kernel. */
export function sumMargins(
  x: Reals,
  sign: 1 | -1,
  labels: Int32Array,
  numbers: MarginNumbers,
  sums: Float64Array,
  counts: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const known = numbers.id === 'others' && (numbers.power === 1 || numbers.power === 2);
  const engine = known ? engineOf(x, labels) : undefined;
  if (engine === undefined || numbers.id !== 'others') {
    scalar.sumMargins(x, sign, labels, numbers, sums, counts, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length + counts.length);
  const at = own.byteOffset;
  const second = at + 8 * sums.length;
  const { margin, power } = numbers;
  engine.run.sumOthers(x.byteOffset, sign, labels.byteOffset, margin, power, at, second, channels, stride, count);
  addSums(own, sums, counts);
}
