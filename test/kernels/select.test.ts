import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitLargest as simd } from '../../src/kernels/index.ts';
import { splitLargest as scalar } from '../../src/kernels/scalar/select.ts';
import { seeded } from '../_arrays.ts';

/** Descending, NaN first. */
function sorted(values: readonly number[]): number[] {
  const nan = values.filter(Number.isNaN);
  return [...nan, ...values.filter((value) => !Number.isNaN(value)).sort((a, b) => b - a)];
}

const loose = fc.double();
const tied = fc.constantFrom(0, 1, 1, 2, 0.5, Infinity, -Infinity, Number.NaN);
const values = fc.oneof(
  fc.array(loose, { minLength: 1, maxLength: 60 }),
  fc.array(tied, { minLength: 1, maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 }),
);

/** The list as doubles or singles, in runs of uneven lengths. */
function runsOf(
  list: readonly number[],
  Room: typeof Float32Array | typeof Float64Array,
): (Float32Array | Float64Array)[] {
  const runs = [];
  for (let at = 0, length = 1; at < list.length; at += length, length = 2 * length + 1) {
    runs.push(Room.from(list.slice(at, at + length)));
  }
  return runs;
}

const nearly = (a: number, b: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-12 * Math.abs(b);

describe.each([
  { name: 'doubles', splitLargest: scalar, Room: Float64Array },
  { name: 'singles', splitLargest: simd, Room: Float32Array },
])('splitting $name at the n-th largest', ({ splitLargest, Room }) => {
  test('finds that of the sorted list for every n, with ties, infinities and NaN', () => {
    fc.assert(
      fc.property(values, (given) => {
        const list = [...Room.from(given)];
        const want = sorted(list);
        want.forEach((value, k) => {
          const { bound, sum, above, equal } = splitLargest(runsOf(list, Room), k + 1);
          expect(bound === value || (Number.isNaN(bound) && Number.isNaN(value))).toBe(true);
          expect(above).toBe(want.findIndex((other) => other === value || Object.is(other, value)));
          expect(equal).toBe(want.filter((other) => other === value || Object.is(other, value)).length);
          const whole = want.slice(0, above).reduce((a, b) => a + b, 0);
          expect(nearly(sum, whole) || Math.abs(sum - whole) <= 1e-9 * Math.max(...want.map(Math.abs)), `${sum}`).toBe(
            true,
          );
        });
      }),
      seeded(150),
    );
  });

  test.each([
    ['rising', Array.from({ length: 40_001 }, (_, i) => i)],
    ['falling', Array.from({ length: 40_001 }, (_, i) => -1 - i)],
    ['all equal', Array.from({ length: 40_001 }, () => 7)],
    ['organ pipe', Array.from({ length: 40_001 }, (_, i) => Math.min(i, 40_000 - i))],
    ['all NaN', Array.from({ length: 40_001 }, () => Number.NaN)],
  ])('works on a %s list', (_, list) => {
    for (const n of [1, 2, 100, 500, 20_001, 40_000, 40_001]) {
      expect(splitLargest(runsOf(list, Room), n).bound).toBe(sorted(list)[n - 1]);
    }
  });

  test('leaves the values as they were', () => {
    const runs = [Room.from([3, 1, 2]), Room.from([3, 0])];
    splitLargest(runs, 2);
    expect(runs).toEqual([Room.from([3, 1, 2]), Room.from([3, 0])]);
  });

  test('gives with the ties at the bound the sum of the n largest', () => {
    const list = [1, 5, 5, 3, 5, -2, 5, 0];
    expect(splitLargest(runsOf(list, Room), 3)).toEqual({ bound: 5, sum: 0, above: 0, equal: 4 });
    expect(splitLargest(runsOf(list, Room), 5)).toEqual({ bound: 3, sum: 20, above: 4, equal: 1 });
  });

  test('counts NaN as larger than everything', () => {
    const list = [1, Number.NaN, 5, Infinity];
    expect(splitLargest(runsOf(list, Room), 2)).toEqual({ bound: Infinity, sum: Number.NaN, above: 1, equal: 1 });
    expect(splitLargest(runsOf(list, Room), 1)).toEqual({ bound: Number.NaN, sum: 0, above: 0, equal: 1 });
  });
});
