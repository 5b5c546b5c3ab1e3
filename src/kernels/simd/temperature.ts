import type { Reals } from '../scalar/reals.ts';
import type { LossAt } from '../scalar/temperature.ts';
import * as scalar from '../scalar/temperature.ts';
import { engineOf } from './engine.ts';

/** Mean cross-entropy of scores at a temperature: see the scalar kernel. */
export function softmaxLossAt(
  below: Reals,
  labels: Int32Array,
  channels: number,
  stride: number,
  count: number,
  factor: number,
): LossAt {
  const engine = engineOf(below, labels);
  if (engine === undefined) return scalar.softmaxLossAt(below, labels, channels, stride, count, factor);
  const own = engine.sums(3);
  engine.run.softmaxLossAt(below.byteOffset, labels.byteOffset, factor, own.byteOffset, channels, stride, count);
  const [loss, slope, curvature] = own;
  return { loss: loss / count, slope: slope / count, curvature: curvature / count };
}
