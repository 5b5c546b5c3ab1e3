import { describe, expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { addBands } from '../../src/kernels/scalar/bands.ts';
import { agree, channels, count, read, sigmoidOf, softmaxOf, stride } from './_tiles.ts';

const curves: Record<string, kernel.CurveNumbers> = {
  logarithm: { gamma: 0, clip: 0, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'floored logarithm': { gamma: 0, clip: 0, logFloor: -100, code: { id: 0, a: 0, b: 0 } },
  'clipped logarithm': { gamma: 0, clip: 1e-3, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'focal curve': { gamma: 2, clip: 0, logFloor: -Infinity, code: { id: 1, a: 2, b: 0 } },
  'focal curve with a broken power': { gamma: 1.5, clip: 0, logFloor: -Infinity, code: { id: 1, a: 1.5, b: 0 } },
  hinge: { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.hinge(1, 1), code: { id: 2, a: 1, b: 1 } },
  'poly curve': { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.poly(1), code: { id: 4, a: 1, b: 0 } },
};

describe('the SIMD kernels of losses and gradients give what the scalar ones give', () => {
  for (const [name, curve] of Object.entries(curves)) {
    agree(
      `the sums of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        const sums = new Float64Array(4 * channels);
        kernel.sumElements(tile.up, tile.down, tile.ids, null, curve, sums, channels, stride, count);
        return [...sums];
      },
      2e-6,
    );
    agree(
      `the two sides of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 3) / 2;
        const [sums, weights] = [new Float64Array(2), new Float64Array(2)];
        const map = Float64Array.from({ length: count + 2 }, (_, k) => k / 4);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, map.subarray(2), sums, weights, count);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, null, sums, weights, count);
        return [...sums, ...weights];
      },
      2e-6,
    );
    if (name === 'hinge') continue;
    agree(
      `the loss of numbers up to 255 that are taken for probabilities, under a ${name}`,
      (tile) => {
        for (let i = 0; i < stride; i++) tile.row[i] = -Math.log(((i * 37) % 256) + 0.5);
        const losses = tile.out.subarray(0, stride) as kernel.Reals;
        kernel.pixelLosses(tile.row, tile.ids, null, curve, losses, count);
        return [...losses.subarray(0, count)];
      },
      1e-5,
    );
    agree(
      `the loss of every pixel under a ${name}`,
      (tile) => {
        softmaxOf(tile);
        kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
        const losses = tile.out.subarray(0, stride) as kernel.Reals;
        kernel.pixelLosses(tile.row, tile.ids, null, curve, losses, count);
        return [...losses.subarray(0, count)];
      },
      1e-5,
    );
  }
  for (const [name, pair] of Object.entries({
    square: kernel.square,
    absolute: kernel.absolute,
    Huber: kernel.huber(0.3),
    'Jensen-Shannon': kernel.jensenShannon,
  })) {
    agree(
      `the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        const sums = new Float64Array(2 * channels);
        kernel.sumPairs(tile.p, tile.ids, null, pair, sums, channels, stride, count);
        return [...sums];
      },
      1e-6,
    );
    agree(
      `the gradient of the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        // Next to a jump of the slope singles may fall on the other side of it.
        for (let k = 0; k < tile.p.length; k++) tile.p[k] = (Math.round((tile.p[k] ?? 0) * 8) + 0.25) / 9;
        tile.out.fill(0);
        kernel.pairGradient(tile.p, tile.ids, null, pair, Float64Array.of(1, 2, 3), tile.out, channels, stride, count);
        return read(tile.out);
      },
      1e-5,
    );
  }
  agree(
    'the multi-class hinge',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      const [sums, counts] = [new Float64Array(channels), new Float64Array(channels)];
      const numbers = { id: 'others', margin: 1, power: 2 } as const;
      kernel.sumMargins(tile.out, 1, tile.ids, numbers, sums, counts, channels, stride, count);
      return [...sums, ...counts];
    },
    2e-6,
  );
  agree(
    'the facts of the values',
    ({ z }) => {
      const facts = { min: Infinity, max: -Infinity, outside: 0, zeros: 0, integers: 0, huge: 0 };
      const cells = new Float64Array(kernel.cellFacts * channels);
      z[3] = Number.NaN;
      z[7] = Infinity;
      z[stride + 8] = -Infinity;
      z[2 * stride + count - 1] = Number.NaN;
      kernel.valueFacts(z, channels, stride, count, Float64Array.of(0.5, 0, -3), facts, cells);
      return [...Object.values(facts), ...cells];
    },
    1e-5,
  );
  agree(
    'the pixels of log-probabilities',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      // One pixel in four is moved away.
      for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 4 === 1 ? 0.002 : 0) - (tile.out[k] ?? 0);
      return [kernel.logSumsToZero(tile.out, channels, stride, count)];
    },
    0,
  );
  agree(
    'the summary of a gradient',
    ({ z, ids }) => {
      const summary = new Float64Array(kernel.gradientColumns + channels + 1);
      kernel.summariseGradient(z, ids, false, summary, channels, stride, count);
      return [...summary];
    },
    1e-6,
  );
  agree(
    'length and largest entry of the gradient at every pixel',
    ({ z, out }) => {
      for (let k = 0; k < 4; k++) z[3 * k] = [Number.NaN, Infinity, 1e-30, 0][k] ?? 0;
      kernel.pixelReach(z, null, out, channels, stride, count);
      return read(out, 2);
    },
    1e-6,
    1e-36,
  );
  agree(
    'length and largest entry of the gradient of -ln p of the label',
    (tile) => {
      softmaxOf(tile);
      kernel.pixelReach(tile.p, tile.ids, tile.out, channels, stride, count);
      return read(tile.out, 2);
    },
    2e-6,
  );
  agree(
    'the summary of slopes along a gradient of known length',
    ({ z, ids }) => {
      const [slopes, lengths, largest] = [0, 1, 2].map((c) => z.subarray(c * stride, (c + 1) * stride));
      if (slopes === undefined || lengths === undefined || largest === undefined) return [];
      for (let i = 0; i < count; i++) largest[i] = Math.abs(largest[i] ?? 0);
      lengths[2] = Number.NaN;
      slopes[2] = 0;
      const summary = new Float64Array(kernel.gradientColumns + channels + 1);
      kernel.summariseSlopes(slopes, lengths, largest, ids, summary, count);
      return [...summary];
    },
    1e-6,
  );
  agree(
    'the cross-entropy at a temperature, its slope and its curvature',
    ({ z, ids }) => {
      for (let k = 0; k < z.length; k++) z[k] = Math.max(-20, Math.min(z[k] ?? 0, 20));
      for (let i = 0; i < count; i++) ids[i] = Math.max(ids[i] ?? 0, 0);
      kernel.belowLargest(z, channels, stride, count);
      return [0.3, 1, 2].flatMap((factor) =>
        Object.values(kernel.softmaxLossAt(z, ids, channels, stride, count, factor)),
      );
    },
    1e-5,
    10,
  );
  for (const ignoredToo of [false, true]) {
    agree(
      `length and largest entry of the gradient of a region loss, ignored pixels ${ignoredToo ? 'too' : 'left out'}`,
      (tile) => {
        softmaxOf(tile);
        const coefficients = Float64Array.from({ length: channels * kernel.regionColumns }, (_, k) => Math.sin(k));
        kernel.regionReach(tile.p, tile.ids, coefficients, 0, ignoredToo, tile.out, channels, stride, count);
        return read(tile.out, 2);
      },
      2e-6,
    );
  }
  for (const [keep, bound] of [
    [0, 0],
    [1, 2],
    [1, 0.7],
    [2, 0.5],
  ] as const) {
    agree(
      `the slopes of pixels that count by a map and a mining rule (${keep}, ${bound})`,
      (tile) => {
        softmaxOf(tile);
        kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
        const [slopes, shares, rank, map] = [0, 1, 2, 0].map((row, k) =>
          (k < 3 ? tile.out : tile.up).subarray(row * stride, (row + 1) * stride),
        ) as [kernel.Reals, kernel.Reals, kernel.Reals, kernel.Reals];
        // Ranks that fall on the bound, above and below, and beyond all numbers.
        for (let i = 0; i < stride; i++) rank[i] = [2, 0.5, 0.25, Number.NaN, 3][i % 5] ?? 0;
        for (let i = 0; i < stride; i++) map[i] = (i % 4) / 2;
        const factor = { map, keep, bound, ties: 0.25, nan: true, rank: keep === 0 ? null : rank };
        const log = curves.logarithm as kernel.CurveNumbers;
        kernel.likelihoodSlopes(tile.row, tile.ids, Float64Array.of(1, 2, 3), log, factor, slopes, shares, count);
        return [...slopes.subarray(0, count), ...shares.subarray(0, count)].map((x, i) =>
          i >= count && (tile.ids[i - count] ?? -1) < 0 ? 0 : x,
        );
      },
      1e-6,
    );
  }
});

test('the bands of a distance are those of the scalar kernel', () => {
  const size = 1003;
  const losses = Float32Array.from({ length: size }, (_, i) => [0.5, 3, Number.NaN, Infinity, 0, 0.125][i % 6] ?? 0);
  const squared = Float32Array.from({ length: size }, (_, i) => (i % 17 === 0 ? Infinity : i % 90));
  const labels = Int8Array.from({ length: size }, (_, i) => (i % 7) - 1);
  const taken = [kernel.addBands, addBands].map((add) => {
    const [counts, sums] = [new Float64Array(4), new Float64Array(4)];
    add(losses, labels, squared, [1, 3, 8], 87.5, counts, sums);
    return [...counts, ...sums];
  });
  expect(taken[0]).toEqual(taken[1]);
});
