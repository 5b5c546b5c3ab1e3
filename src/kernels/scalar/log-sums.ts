import type { Reals } from './reals.ts';

/**
 * z - ln(sum exp z) over the group of each pixel, in place: the logarithm of a softmax along one axis. The run begins at pixel
 * `start`; pixels are laid out as outer x length x inner.
 */
export function subtractLogSums(z: Reals, start: number, length: number, inner: number, logSums: Float64Array): void {
  for (let done = 0; done < z.length; ) {
    const row = Math.floor((start + done) / inner);
    const column = start + done - row * inner;
    const outer = Math.floor(row / length);
    const from = outer * inner + column;
    const run = Math.min(z.length - done, inner === 1 ? (outer + 1) * length - row : inner - column);
    const step = inner === 1 ? 0 : 1;
    for (let i = 0; i < run; i++) z[done + i] -= logSums[from + step * i];
    done += run;
  }
}
