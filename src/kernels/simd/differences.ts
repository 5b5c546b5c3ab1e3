import type { Pair } from '../scalar/differences.ts';
import * as scalar from '../scalar/differences.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, type Engine, engineOf } from './engine.ts';

/** The engine that knows this loss; Jensen-Shannon has a short form for class ids alone. */
function knowing(pair: Pair, engine: Engine | undefined, targets: Reals | null): Engine | undefined {
  return pair.code === undefined || (pair.code.id === 3 && targets !== null) ? undefined : engine;
}

/** Losses of probability and target per channel: see the scalar kernel. */
export function sumPairs(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  pair: Pair,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = knowing(pair, engineOf(p, labels, targets), targets);
  if (engine === undefined) {
    scalar.sumPairs(p, labels, targets, pair, sums, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  const { id = 0, delta = 0 } = pair.code ?? {};
  const from = targets?.byteOffset ?? 0;
  engine.run.sumPairs(p.byteOffset, labels.byteOffset, from, id, delta, own.byteOffset, channels, stride, count);
  addSums(own, sums);
}

/** The loss of every pixel's p in the channel of its class: see the scalar kernel. */
export function sumOwnPairs(
  p: Reals,
  labels: Int32Array,
  pair: Pair,
  sums: Float64Array,
  stride: number,
  count: number,
): void {
  const engine = knowing(pair, engineOf(p, labels), null);
  if (engine === undefined) {
    scalar.sumOwnPairs(p, labels, pair, sums, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  const { id = 0, delta = 0 } = pair.code ?? {};
  engine.run.sumOwnPairs(p.byteOffset, labels.byteOffset, id, delta, own.byteOffset, stride, count);
  addSums(own, sums);
}

/** dL/dp of the same: see the scalar kernel. */
export function pairGradient(
  p: Reals,
  labels: Int32Array,
  targets: Reals | null,
  pair: Pair,
  factors: Float64Array,
  gradient: Reals,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = knowing(pair, engineOf(p, labels, targets, gradient), targets);
  if (engine === undefined) {
    scalar.pairGradient(p, labels, targets, pair, factors, gradient, channels, stride, count);
    return;
  }
  const { id = 0, delta = 0 } = pair.code ?? {};
  const from = targets?.byteOffset ?? 0;
  const by = engine.given(factors);
  engine.run.pairGradient(
    p.byteOffset,
    labels.byteOffset,
    from,
    id,
    delta,
    by,
    gradient.byteOffset,
    channels,
    stride,
    count,
  );
}
