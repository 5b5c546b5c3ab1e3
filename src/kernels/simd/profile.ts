import type { ValueFacts } from '../scalar/profile.ts';
import * as scalar from '../scalar/profile.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Facts of a tile: see the scalar kernel. */
export function valueFacts(
  x: Reals,
  channels: number,
  stride: number,
  count: number,
  shifts: Float64Array,
  facts: ValueFacts,
  cells: Float64Array,
): void {
  const engine = engineOf(x);
  if (engine === undefined) {
    scalar.valueFacts(x, channels, stride, count, shifts, facts, cells);
    return;
  }
  const own = engine.sums(6 + cells.length);
  own[0] = facts.min;
  own[1] = facts.max;
  const at = own.byteOffset;
  engine.run.valueFacts(x.byteOffset, channels, stride, count, engine.given(shifts), at, at + 48);
  facts.min = own[0];
  facts.max = own[1];
  facts.outside += own[2];
  facts.zeros += own[3];
  facts.integers += own[4];
  facts.huge += own[5];
  addSums(own.subarray(6), cells);
}

/** Pixels of log-probabilities: see the scalar kernel. */
export function logSumsToZero(x: Reals, channels: number, stride: number, count: number): number {
  const engine = engineOf(x);
  if (engine === undefined) return scalar.logSumsToZero(x, channels, stride, count);
  const own = engine.sums(1);
  engine.run.logSumsToZero(x.byteOffset, channels, stride, count, own.byteOffset);
  return own[0];
}

/** Facts of whole pixels of an array whose values lie in [0, 1]: see the scalar kernel. */
export function sumFacts(
  x: Reals,
  channels: number,
  stride: number,
  count: number,
  tolerance: number,
  facts: Float64Array,
  errors: Float64Array,
): void {
  const engine = engineOf(x);
  if (engine === undefined) {
    scalar.sumFacts(x, channels, stride, count, tolerance, facts, errors);
    return;
  }
  const own = engine.sums(3 + scalar.absoluteBins / 2);
  const bins = new Int32Array(own.buffer, own.byteOffset + 24, scalar.absoluteBins);
  engine.run.sumFacts(x.byteOffset, channels, stride, count, tolerance, own.byteOffset, bins.byteOffset);
  facts[0] += own[0];
  facts[1] += own[1];
  facts[2] = Math.max(facts[2], Math.log(own[2]));
  for (let k = 0; k < bins.length; k++) errors[k] += bins[k];
}
