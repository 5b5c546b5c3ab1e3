import type { Tile } from '../core/index.ts';

/** The values of a tile without the gap between its channels: channel c of pixel i at [c * count + i]. */
export function compact(values: Float64Array, { channels, stride, count }: Tile): Float64Array {
  const out = new Float64Array(channels * count);
  for (let c = 0; c < channels; c++) out.set(values.subarray(c * stride, c * stride + count), c * count);
  return out;
}

/** The runs of an image, in order, as one array: channel c of pixel i at [c * pixels + i]. */
export function joined(runs: readonly Float64Array[], channels: number, pixels: number): Float64Array {
  const out = new Float64Array(channels * pixels);
  let at = 0;
  for (const values of runs) {
    const count = values.length / channels;
    for (let c = 0; c < channels; c++) out.set(values.subarray(c * count, (c + 1) * count), c * pixels + at);
    at += count;
  }
  return out;
}
