import { describe, expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { openWorkspace } from '../../src/kernels/index.ts';
import { agree, channels, count, softmaxOf, stride } from './_tiles.ts';

const numbers = { margin: 1, clip: 0, logFloor: -100 };

describe('the SIMD kernels that several losses share give what the scalar ones give', () => {
  const logistic = (most: number, columns: readonly number[]) => (tile: Parameters<typeof softmaxOf>[0]) => {
    for (let k = 0; k < tile.z.length; k++) tile.z[k] = Math.max(-most, Math.min(most, tile.z[k] ?? 0));
    softmaxOf(tile);
    const sums = new Float64Array(kernel.logisticColumns * channels);
    kernel.logisticSums(tile.z, () => tile, tile.ids, numbers, sums, channels, stride, count);
    return [...sums].filter((_, at) => columns.includes(at % 5));
  };
  agree('what a sigmoid costs, by logarithm, hinge and squared hinge', logistic(1e4, [0, 2, 3]), 2e-6);
  agree('what a sigmoid costs, by exponential', logistic(80, [4]), 1e-5);
  agree('what a rounded sigmoid costs where rounding is not felt', logistic(4, [1]), 2e-6);
  for (const [name, pair] of Object.entries({
    square: kernel.square,
    absolute: kernel.absolute,
    Huber: kernel.huber(0.3),
    'Jensen-Shannon': kernel.jensenShannon,
  })) {
    agree(
      `the ${name} difference of the own class`,
      (tile) => {
        softmaxOf(tile);
        const sums = new Float64Array(2 * channels);
        kernel.sumOwnPairs(tile.p, tile.ids, pair, sums, stride, count);
        return [...sums];
      },
      1e-6,
    );
  }
  for (const [shape, start] of [
    [[7, 6], 5],
    [[3, 4, 5], 20],
    [[1, 4, 11], 3],
    [[60], 9],
  ] as const) {
    for (const size of [2, 3]) {
      agree(
        `the distance from the shares of a box of ${size} in an image of ${shape.join(' x ')}`,
        ({ z, ids }) => {
          for (let k = 0; k < z.length; k++) z[k] = Math.max(-50, Math.min(50, z[k] ?? 0));
          const pixels = shape.reduce((a: number, b) => a * b, 1);
          // Some boxes of one class alone, and some ignored pixels.
          const labels = Int32Array.from({ length: pixels }, (_, i) => (i % 4 === 0 ? (ids[i % count] ?? 0) : 1));
          const sums = [1, 2].map((power) => {
            const own = new Float64Array(channels);
            const around = { labels, spatial: shape, size, power };
            kernel.sumNearness(z, ids, around, start, own, channels, stride, count);
            return [...own];
          });
          return sums.flat();
        },
        2e-6,
      );
    }
  }
  agree(
    'values by row, and pixels',
    ({ z, ids }) => {
      const [sums, counts] = [new Float64Array(channels), new Float64Array(channels)];
      kernel.sumByRow(z, ids, sums, counts, count);
      return [...sums, ...counts, kernel.countValid(ids, count)];
    },
    1e-6,
    1e4,
  );
  agree(
    'the margins of scores',
    ({ z, ids }) => {
      const [sums, counts] = [new Float64Array(channels), new Float64Array(channels)];
      kernel.sumMargins(z, -1, ids, { id: 'others', margin: 1, power: 1 }, sums, counts, channels, stride, count);
      return [...sums, ...counts];
    },
    1e-6,
    1e3,
  );
});

/** One channel, four pixels of another class with the same score, or of this class with its negative. */
function saturated(score: number, own: boolean): Float64Array {
  const space = openWorkspace('single');
  const [z, p, top, logSum] = [0, 1, 2, 3].map(() => space.reals(4)) as [
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
  ];
  const ids = space.integers(4).fill(own ? 0 : 1);
  z.fill(own ? -score : score);
  const sums = new Float64Array(2 * kernel.logisticColumns);
  kernel.softmax(z, p, top, logSum, 1, 4, 4);
  kernel.logisticSums(z, () => ({ p, top, logSum }), ids, numbers, sums, 1, 4, 4);
  space.close();
  return sums.slice(own ? 5 : 0, own ? 10 : 5);
}

test('a single that is 1 leaves the floor under the logarithm, whatever the score was', () => {
  expect(saturated(20, false)[0]).toBeCloseTo(80, 4);
  expect(saturated(20, false)[1]).toBeCloseTo(400, 5);
  expect(saturated(200, false)[1]).toBeCloseTo(400, 5);
});

test('near 1 a probability costs what its last digit makes of it', () => {
  const p = Math.fround(1 / (1 + Math.exp(-12)));
  expect(Math.abs((saturated(12, false)[1] ?? 0) / 4 + Math.log(1 - p))).toBeLessThan(0.02);
});

test('near 0 a single keeps its digits up to the floor', () => {
  expect(saturated(80, true)[1]).toBeCloseTo(320, 3);
  expect(saturated(120, true)[1]).toBeCloseTo(400, 5);
});

test('the Jensen-Shannon divergence of the least number there is, whose half is 0, is next to nothing', () => {
  expect(kernel.jensenShannon.value(Number.MIN_VALUE, 0)).toBe(0);
  expect(kernel.jensenShannon.value(Number.MIN_VALUE, 1)).toBeCloseTo(Math.LN2 / 2, 12);
});
