import { lineStride, type Plane } from '../scalar/gather.ts';
import type { Reals } from '../scalar/reals.ts';
import { isStored } from '../scalar/stored.ts';
import { engineOf } from './engine.ts';
import { transpose } from './transpose.ts';

/** Singles behind the last row that the kernel reads as well. */
const margin = 4;

/**
 * Copies pixels [start, start + count) of all channels of an image whose pixels lie one after the other, each with its channels: channel
 * c of pixel i to `c * stride + i`. False, with nothing done, for any other image, and where this is not faster than channel by channel.
 */
export function gatherInterleaved(image: Plane, start: number, count: number, out: Reals, stride: number): boolean {
  const { data, shape, strides, among } = image;
  const [across, ...more] = among?.axes ?? [];
  if (among === undefined || across?.stride !== 1 || across.length < 2 || more.length > 0) return false;
  const { first } = among;
  const channels = across.length;
  if (lineStride(shape, strides) !== channels) return false;
  const row = engineOf(out)?.row(count * channels + margin);
  if (row === undefined || row.buffer !== out.buffer) return false;
  const from = first + start * channels;
  if (isStored(data) && data.fits(row)) data.read(from, count * channels, row, 0);
  else if (ArrayBuffer.isView(data)) row.set((data as unknown as Float32Array).subarray(from, from + count * channels));
  else return false;
  transpose(row, channels, out, stride, count, channels);
  return true;
}
