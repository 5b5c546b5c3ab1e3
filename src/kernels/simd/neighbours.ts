import * as scalar from '../scalar/neighbours.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** |z - shares|^power of each channel: see the scalar kernel. */
export function sumDistances(
  z: Reals,
  shares: Reals,
  labels: Labels,
  power: number,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const engine = power === 1 || power === 2 ? engineOf(z, shares, labels) : undefined;
  if (engine === undefined) {
    scalar.sumDistances(z, shares, labels, power, sums, channels, stride, count);
    return;
  }
  const own = engine.sums(sums.length);
  const [a, b] = [shares.byteOffset, labels.byteOffset];
  engine.run.sumDistances(z.byteOffset, a, b, power, own.byteOffset, channels, stride, count);
  addSums(own, sums);
}
