import type { Case, Reals } from '../core/index.ts';

/** Room for a number per channel and pixel of an image: where several threads work in memory that all of them see, so that it is never copied. */
export function roomForMap({ precision, share, channels, pixels }: Case): Reals {
  const [length, bytes] = [channels * pixels, precision === 'single' ? 4 : 8];
  const buffer = share === null ? new ArrayBuffer(bytes * length) : new SharedArrayBuffer(bytes * length);
  return precision === 'single' ? new Float32Array(buffer) : new Float64Array(buffer);
}
