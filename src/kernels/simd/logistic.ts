import { clippedTo } from '../scalar/curve.ts';
import * as scalar from '../scalar/logistic.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Sums of what a sigmoid's score costs by several losses: see the scalar kernel. */
export function logisticSums(
  z: Reals,
  softmax: () => scalar.SoftmaxParts,
  labels: Int32Array,
  numbers: scalar.LogisticNumbers,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = engineOf(z, labels);
  if (engine === undefined) {
    scalar.logisticSums(z, softmax, labels, numbers, sums, channels, stride, count);
    return;
  }
  const { p, top, logSum } = softmax();
  const own = engine.sums(sums.length);
  const [low, high] = clippedTo({ gamma: 0, ...numbers });
  const factors = engine.row(stride).byteOffset;
  engine.run.logisticSums(
    z.byteOffset,
    p.byteOffset,
    top.byteOffset,
    logSum.byteOffset,
    labels.byteOffset,
    numbers.margin,
    low,
    high,
    factors,
    own.byteOffset,
    channels,
    stride,
    count,
  );
  addSums(own, sums);
}
