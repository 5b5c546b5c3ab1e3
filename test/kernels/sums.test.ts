import { describe, expect, test } from 'vitest';
import {
  binaryLosses,
  countBelow,
  histogram,
  pixelLosses,
  sumByRow,
  sumBySide,
  sumChannels,
  sumElements,
  sumWeighed,
  surpriseTail,
  tailColumns,
} from '../../src/kernels/index.ts';

const log = { gamma: 0, clip: 0, logFloor: -Infinity };

describe('losses per pixel', () => {
  test('of class ids are weighed by class, 0 where ignored', () => {
    const out = new Float64Array(4).fill(-1);
    pixelLosses(Float64Array.of(1, 2, 3, 4), Int32Array.of(0, 1, -1, 1), Float64Array.of(10, 100), log, out, 3);
    expect([...out]).toEqual([10, 200, 0, -1]);
  });

  test('of class ids go through the curve', () => {
    const out = new Float64Array(2);
    pixelLosses(Float64Array.of(1, 9), Int32Array.of(0, 0), null, { ...log, logFloor: -5 }, out, 2);
    expect([...out]).toEqual([1, 5]);
  });

  test('of a binary target take both sides of a soft pixel, and never 0 times infinity', () => {
    const out = new Float64Array(4);
    binaryLosses(
      Float64Array.of(1, Infinity, 2, 3),
      Float64Array.of(Infinity, 5, 4, 7),
      Int32Array.of(0, 0, 0, -1),
      Float64Array.of(1, 0, 0.25, 1),
      Float64Array.of(2, 10),
      log,
      out,
      4,
    );
    expect([...out]).toEqual([10, 10, 0.25 * 10 * 2 + 0.75 * 2 * 4, 0]);
  });
});

test('losses are summed by row times the map, and the map by row; a weight of 0 silences an infinite loss', () => {
  const [sums, weights] = [new Float64Array(2), new Float64Array(2)];
  const map = Float64Array.of(9, 9, 2, 0, 3, 7);
  sumWeighed(Float64Array.of(1, Infinity, 10, 5), Int32Array.of(0, 1, 0, -1), map.subarray(2), sums, weights, 4);
  expect([...sums, ...weights]).toEqual([2 + 30, 0, 5, 0]);
});

test('without a map losses and pixels are summed by row', () => {
  const [sums, counts] = [new Float64Array(2), new Float64Array(2)];
  sumByRow(Float64Array.of(1, Infinity, 10, 5), Int32Array.of(0, 1, 0, -1), sums, counts, 4);
  expect([...sums, ...counts]).toEqual([11, Infinity, 2, 1]);
});

test('a soft binary pixel counts on either side in part, times the map', () => {
  const [sums, weights] = [new Float64Array(2), new Float64Array(2)];
  const [up, down] = [Float64Array.of(10, Infinity, 3), Float64Array.of(100, 20, 5)];
  const map = Float64Array.of(9, 2, 3, 7);
  sumBySide(up, down, Int32Array.of(0, 0, -1), Float64Array.of(0.25, 0, 1), log, map.subarray(1), sums, weights, 3);
  expect([...sums, ...weights]).toEqual([2 * 75 + 3 * 20, 2 * 2.5, 2 * 0.75 + 3, 2 * 0.25]);
});

describe('sums over the elements of a channel', () => {
  test('are the two sides and the two crossed sides', () => {
    const sums = new Float64Array(8);
    const up = Float64Array.of(1, 2, 4, 8, 16, 32);
    const down = Float64Array.of(100, 200, 400, 800, 1600, 3200);
    sumElements(up, down, Int32Array.of(0, 1, -1), null, log, sums, 2, 3, 3);
    expect([...sums]).toEqual([1, 200, 2, 100, 16, 800, 8, 1600]);
  });

  test('weigh soft targets on both sides', () => {
    const sums = new Float64Array(4);
    sumElements(Float64Array.of(1), Float64Array.of(10), Int32Array.of(0), Float64Array.of(0.25), log, sums, 1, 1, 1);
    expect([...sums]).toEqual([0.25, 7.5, 0.75, 2.5]);
  });

  test('of hard targets never meet the infinite loss of the other side in the plain sums', () => {
    const sums = new Float64Array(4);
    sumElements(
      Float64Array.of(0),
      Float64Array.of(Infinity),
      Int32Array.of(0),
      Float64Array.of(1),
      log,
      sums,
      1,
      1,
      1,
    );
    expect([...sums]).toEqual([0, 0, 0, Infinity]);
  });
});

test('every channel is summed over the valid pixels, through the curve', () => {
  const sums = Float64Array.of(1, 0);
  sumChannels(Float64Array.of(1, 2, 3, 4, 5, 60), Int32Array.of(0, -1, 1), { ...log, logFloor: -9 }, sums, 2, 3, 3);
  expect([...sums]).toEqual([1 + 4, 13]);
});

test('a histogram puts what lies outside into its end bins, and NaN nowhere', () => {
  const bins = new Float64Array(4);
  const values = Float64Array.of(99, 0, 0.24, 0.25, 0.99, 1, 5, -3, Infinity, -Infinity, Number.NaN);
  histogram(values, 1, 10, 0, 1, bins);
  expect([...bins]).toEqual([4, 1, 0, 4]);
});

test('pixels strictly below a threshold are counted with their losses; NaN and ignored ones are not', () => {
  const [sums, counts] = [new Float64Array(2), new Float64Array(2)];
  const values = Float64Array.of(0.1, 0.5, 0.2, Number.NaN, 0.1);
  countBelow(values, 0.5, Float64Array.of(1, 2, 4, 8, 16), Int32Array.of(0, 0, 1, 0, -1), sums, counts, 5);
  expect([...sums, ...counts]).toEqual([1, 4, 1, 1]);
});

describe('the tail of surprise', () => {
  /** [pixels, total, largest, heavy, their sum, impossible, certain] */
  function tailOf(u: readonly number[], rows: readonly number[] = u.map(() => 0)): number[] {
    const tail = new Float64Array(tailColumns);
    surpriseTail(Float64Array.from(u), Int32Array.from(rows), 80, tail, u.length);
    return [...tail];
  }

  test('counts the heavy, the impossible and the certain', () => {
    expect(tailOf([0, 1, 9.2, 9.3, 80, 90])).toEqual([6, 189.5, 90, 3, 179.3, 2, 1]);
  });

  test('leaves ignored pixels out', () => {
    expect(tailOf([100, 2], [-1, 1])).toEqual([1, 2, 2, 0, 0, 0, 0]);
  });

  test('keeps a NaN as the largest once it was met, whatever comes after', () => {
    expect(tailOf([3, Number.NaN, 5])[2]).toBeNaN();
  });

  test('has an infinite pixel as its largest', () => {
    expect(tailOf([3, Infinity, 5])).toEqual([3, Infinity, Infinity, 1, Infinity, 1, 0]);
  });
});
