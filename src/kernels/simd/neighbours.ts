import * as scalar from '../scalar/neighbours.ts';
import type { Reals } from '../scalar/reals.ts';
import { addSums, engineOf } from './engine.ts';

/** Stands for the labels beyond the image. */
const nothing = -3;

/** |z - shares|^power of each channel: see the scalar kernel. */
export function sumNearness(
  z: Reals,
  labels: Int32Array,
  around: scalar.Neighbourhood,
  start: number,
  sums: Float64Array,
  channels: number,
  stride: number,
  count: number,
): void {
  const { labels: whole, spatial, size, power } = around;
  const [height, width] = [spatial.at(-2) ?? 1, spatial.at(-1) ?? 1];
  const half = size >> 1;
  const layers = spatial.length > 2 ? half * width * height : 0;
  // A few more at either end, since labels are read four at a time.
  const reach = layers + half * (width + 1) + 4;
  const length = 2 * reach + count;
  const engine = power === 1 || power === 2 ? engineOf(z, labels) : undefined;
  if (!engine?.hasRow(length + stride + 4)) {
    scalar.sumNearness(z, labels, around, start, sums, channels, stride, count);
    return;
  }
  const row = engine.row(length + stride + 4);
  const near = new Int32Array(row.buffer, row.byteOffset, length);
  const from = Math.max(0, start - reach);
  near.fill(nothing).set(whole.subarray(from, start + count + reach), from - (start - reach));
  const own = engine.sums(sums.length + 2 * channels);
  engine.run.sumNearness(
    z.byteOffset,
    labels.byteOffset,
    row.byteOffset + 4 * reach,
    row.byteOffset + 4 * length,
    own.byteOffset + 8 * sums.length,
    size,
    1 / size ** spatial.length,
    power,
    spatial.length > 2 ? spatial[0] : 0,
    height,
    width,
    start,
    own.byteOffset,
    channels,
    stride,
    count,
  );
  addSums(own, sums);
}
