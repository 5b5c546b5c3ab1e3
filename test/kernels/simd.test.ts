import { describe, expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { openWorkspace } from '../../src/kernels/index.ts';
import { agree, channels, count, read, sigmoidOf, softmaxOf, stride } from './_tiles.ts';

describe('the SIMD kernels give what the scalar ones give', () => {
  agree('softmax', (tile) => read(softmaxOf(tile).p), 1e-6, 1e-3);
  // The double kernel knows the sum to 16 digits after the point alone.
  agree('ln of the sum of a softmax', (tile) => read(softmaxOf(tile).logSum, 1), 1e-6, 1e-9);
  agree(
    '-ln p of every channel',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      return read(tile.out);
    },
    1e-6,
  );
  agree(
    '-ln p of the labelled class',
    (tile) => {
      softmaxOf(tile);
      kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
      return read(tile.row, 1);
    },
    1e-6,
  );
  agree(
    'sigmoid',
    ({ z, p }) => {
      kernel.sigmoid(z, p, channels, stride, count);
      return read(p);
    },
    1e-6,
    1e-37,
  );
  agree(
    '-ln of a sigmoid',
    (tile) => {
      sigmoidOf(tile);
      return [...read(tile.up), ...read(tile.down)];
    },
    1e-6,
    1e-37,
  );
  agree(
    'exp, up to the largest single',
    ({ z, out }) => {
      for (let k = 0; k < z.length; k++) z[k] = Math.min(z[k] ?? 0, 80);
      kernel.exp(z, out, channels, stride, count);
      return read(out);
    },
    1e-5,
    1e-37,
  );
  agree(
    'ln p and ln(1 - p) of probabilities as they are',
    (tile) => {
      sigmoidOf(tile);
      for (let k = 0; k < tile.p.length; k++) tile.p[k] = Math.fround(Math.round((tile.p[k] ?? 0) * 256) / 256);
      kernel.negLog(tile.p, tile.up, channels, stride, count);
      kernel.negLogComplement(tile.p, tile.down, channels, stride, count);
      return [...read(tile.up), ...read(tile.down)];
    },
    1e-6,
    1e-30,
  );
  agree(
    'the gradient through a softmax',
    (tile) => {
      softmaxOf(tile);
      tile.out.set(tile.z);
      for (let k = 0; k < tile.out.length; k++) tile.out[k] = Math.max(-20, Math.min(20, tile.out[k] ?? 0));
      kernel.softmaxBackward(tile.out, tile.p, tile.row, channels, stride, count);
      return read(tile.out);
    },
    1e-5,
  );
  agree(
    'the gradient through a sigmoid',
    (tile) => {
      sigmoidOf(tile);
      tile.out.fill(3);
      kernel.sigmoidBackward(tile.out, tile.p, channels, stride, count);
      return read(tile.out);
    },
    1e-6,
  );
  agree(
    'the sums of the overlap',
    (tile) => {
      softmaxOf(tile);
      const [sums, ignored, totals] = [8 * channels, 2 * channels, 2 * channels + 1].map((n) => new Float64Array(n));
      if (sums === undefined || ignored === undefined || totals === undefined) return [];
      kernel.overlap(tile.p, tile.ids, null, sums, ignored, totals, channels, stride, count);
      return [...sums, ...ignored, ...totals];
    },
    1e-6,
  );
  agree(
    'the sums of the overlap with soft targets',
    (tile) => {
      sigmoidOf(tile);
      for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 5) / 4;
      const [sums, ignored, totals] = [8 * channels, 2 * channels, 2 * channels + 1].map((n) => new Float64Array(n));
      if (sums === undefined || ignored === undefined || totals === undefined) return [];
      kernel.overlap(tile.p, tile.ids, tile.out, sums, ignored, totals, channels, stride, count);
      return [...sums, ...ignored, ...totals];
    },
    1e-6,
  );
  agree(
    'the confusion matrix',
    ({ z, ids }) => {
      const matrix = new Float64Array(channels ** 2);
      kernel.confusion(z, ids, matrix, channels, stride, count);
      return [...matrix];
    },
    0,
  );
  agree(
    'the soft confusion matrix',
    (tile) => {
      softmaxOf(tile);
      const [mass, counts] = [new Float64Array(channels ** 2), new Float64Array(channels)];
      kernel.classMass(tile.p, tile.ids, null, mass, counts, channels, stride, count);
      return [...mass, ...counts];
    },
    1e-6,
  );
});

test.each([Infinity, Number.NaN])(
  'softmax of a pixel with a score of %s is NaN in every channel, and of no other pixel',
  (score) => {
    const space = openWorkspace('single');
    const [z, p] = [space.reals(24), space.reals(24)];
    const [top, logSum] = [space.reals(8), space.reals(8)];
    z.set(Float32Array.from({ length: 24 }, (_, k) => (k === 10 ? score : k % 5)));
    kernel.softmax(z, p, top, logSum, 3, 8, 8);
    const pixels = Array.from({ length: 24 }, (_, k) => k % 8);
    expect(pixels.filter((_, k) => Number.isNaN(p[k]))).toEqual([2, 2, 2]);
    expect(pixels.filter((i) => Number.isNaN(logSum[i]))).toEqual([2, 2, 2]);
    space.close();
  },
);

test('softmax does not lose its order at the extremes', () => {
  const z = Float32Array.from({ length: 4096 }, (_, k) => (k - 2048) * 5);
  const space = openWorkspace('single');
  const [x, p, up, down] = [0, 1, 2, 3].map(() => space.reals(4096)) as [
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
  ];
  x.set(z);
  kernel.sigmoidWithLogs(x, p, up, down, 1, 4096, 4096);
  for (let k = 1; k < 4096; k++) {
    expect((p[k] ?? 0) >= (p[k - 1] ?? 0)).toBe(true);
    expect((up[k] ?? 0) <= (up[k - 1] ?? 0)).toBe(true);
    expect((down[k] ?? 0) >= (down[k - 1] ?? 0)).toBe(true);
  }
  space.close();
});

test('when the memory of the SIMD kernels is full, plain arrays take over', () => {
  const space = openWorkspace('single');
  const large = space.reals(2 ** 24);
  const more = space.reals(64);
  more.fill(1);
  kernel.exp(more, more, 1, 64, 64);
  expect(large.length).toBe(2 ** 24);
  expect(more[5]).toBeCloseTo(Math.E, 6);
  space.close();
});
