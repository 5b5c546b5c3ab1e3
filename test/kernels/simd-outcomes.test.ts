import { describe } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { agree, channels, count, stride } from './_tiles.ts';

type Tile = Parameters<Parameters<typeof agree>[1]>[0];

/** Probabilities that singles hold exactly, so that both forms must count the same to the last one; now and then NaN. */
function levels({ z, p, out }: Tile): void {
  for (let k = 0; k < p.length; k++) {
    const score = z[k] ?? 0;
    p[k] = score === -1e4 ? Number.NaN : Math.max(0, Math.min(1, Math.round(4 * score + 32) / 64));
    out[k] = Math.abs(Math.trunc(score)) % 2;
  }
}

describe('the SIMD kernels judge decisions as the scalar ones do', () => {
  agree(
    'the winners by their probability',
    (tile) => {
      levels(tile);
      kernel.largest(tile.p, tile.row, channels, stride, count);
      const sums = new Float64Array(kernel.calibrationBins * kernel.calibrationColumns).fill(2);
      kernel.addWinners(tile.p, tile.row, tile.ids, sums, stride, count);
      return [...sums];
    },
    1e-12,
  );
  agree(
    'the sides of yes or no by their probability',
    (tile) => {
      levels(tile);
      const sums = new Float64Array(kernel.calibrationBins * kernel.calibrationColumns).fill(2);
      kernel.addSides(tile.p, tile.ids, tile.out, sums, channels, stride, count);
      return [...sums];
    },
    1e-12,
  );
  for (const threshold of [0.5, 0.3]) {
    agree(
      `hits and misses at ${threshold}`,
      (tile) => {
        levels(tile);
        const counts = new Float64Array(4 * channels).fill(2);
        kernel.binaryConfusion(tile.p, tile.ids, tile.out, threshold, counts, channels, stride, count);
        return [...counts];
      },
      0,
    );
  }
  agree(
    'both sides of a question',
    (tile) => {
      levels(tile);
      const sums = new Float64Array(4).fill(2);
      for (const targets of [null, tile.out]) {
        kernel.contrast(tile.p, 0, tile.ids, targets, sums, count);
        kernel.contrast(tile.p, stride, tile.ids, targets, sums, count);
      }
      return [...sums];
    },
    1e-12,
  );
  agree(
    'the badly missed pixels',
    (tile) => {
      levels(tile);
      const tail = Float64Array.from({ length: kernel.tailColumns }, (_, k) => k);
      for (let i = 0; i < count; i++) tile.row[i] = Math.abs(tile.z[i] ?? 0);
      kernel.surpriseTail(tile.row, tile.ids, 15, tail, count, 0.25);
      return [...tail];
    },
    1e-12,
  );
});
