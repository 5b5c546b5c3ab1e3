import type { Reals, Tile } from '../core/index.ts';

/** An empty array for numbers of the kind of others. */
export function roomLike(values: Reals, length: number): Reals {
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** Copies the values of a tile without the gap between its channels: channel c of pixel i at [c * count + i]. */
export function compact<T extends Float32Array | Float64Array>(
  values: Reals,
  { channels, stride, count }: Tile,
  out: T,
): T {
  for (let c = 0; c < channels; c++) out.set(values.subarray(c * stride, c * stride + count), c * count);
  return out;
}

/** Copies the runs of an image, in order, into one array: channel c of pixel i at [c * pixels + i]. */
export function joined<T extends Float32Array | Float64Array>(runs: readonly T[], channels: number, out: T): T {
  const pixels = out.length / channels;
  let at = 0;
  for (const values of runs) {
    const count = values.length / channels;
    for (let c = 0; c < channels; c++) out.set(values.subarray(c * count, (c + 1) * count), c * pixels + at);
    at += count;
  }
  return out;
}
