import type { ValueFacts } from '../scalar/profile.ts';
import * as scalar from '../scalar/profile.ts';
import type { Reals } from '../scalar/reals.ts';
import { engineOf } from './engine.ts';

/** Facts of a run of values: see the scalar kernel. */
export function valueFacts(
  x: Reals,
  at: number,
  count: number,
  shift: number,
  facts: ValueFacts,
  absolute: Int32Array,
  moments: Float64Array,
): void {
  const engine = engineOf(x, absolute);
  if (engine === undefined) {
    scalar.valueFacts(x, at, count, shift, facts, absolute, moments);
    return;
  }
  const own = engine.sums(14);
  own[0] = facts.min;
  own[1] = facts.max;
  engine.run.valueFacts(x.byteOffset + 4 * at, count, shift, own.byteOffset, absolute.byteOffset);
  const [min, max, outside, zeros, integers, huge, above, below, finite, nan, positive, negative, sum, square] = own;
  facts.min = min;
  facts.max = max;
  facts.outside += outside;
  facts.zeros += zeros;
  facts.integers += integers;
  facts.huge += huge;
  facts.above070 += above;
  facts.below051 += below;
  facts.finite += finite;
  facts.nan += nan;
  facts.positiveInfinity += positive;
  facts.negativeInfinity += negative;
  moments[0] += sum;
  moments[1] += square;
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
