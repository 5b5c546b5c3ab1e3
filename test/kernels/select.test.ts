import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nthLargest, sumAbove } from '../../src/kernels/index.ts';
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

describe('the n-th largest value', () => {
  test('is that of the sorted list for every n, with ties, infinities and NaN', () => {
    fc.assert(
      fc.property(values, (list) => {
        const want = sorted(list);
        want.forEach((value, k) => {
          const got = nthLargest(Float64Array.from(list), k + 1);
          expect(got === value || (Number.isNaN(got) && Number.isNaN(value))).toBe(true);
        });
        const single = list.map(Math.fround);
        sorted(single).forEach((value, k) => {
          const got = nthLargest(Float32Array.from(single), k + 1);
          expect(got === value || (Number.isNaN(got) && Number.isNaN(value))).toBe(true);
        });
      }),
      seeded(150),
    );
  });

  test.each([
    ['rising', Array.from({ length: 1001 }, (_, i) => i)],
    ['falling', Array.from({ length: 1001 }, (_, i) => -i)],
    ['all equal', Array.from({ length: 1001 }, () => 7)],
    ['organ pipe', Array.from({ length: 1001 }, (_, i) => Math.min(i, 1000 - i))],
    ['all NaN', Array.from({ length: 1001 }, () => Number.NaN)],
  ])('is found in a %s list', (_, list) => {
    for (const n of [1, 2, 100, 500, 501, 1000, 1001]) {
      expect(nthLargest(Float64Array.from(list), n)).toBe(sorted(list)[n - 1]);
    }
  });

  test('only reorders what it works on', () => {
    const work = Float64Array.from([3, 1, 2, 3, 0]);
    nthLargest(work, 2);
    expect([...work].sort()).toEqual([0, 1, 2, 3, 3]);
  });
});

describe('the sum above a bound', () => {
  test('together with the ties at the bound is the sum of the n largest', () => {
    const finite = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(finite, fc.nat(), (list, seed) => {
        const n = (seed % list.length) + 1;
        const bound = nthLargest(Float64Array.from(list), n);
        const { sum, above, equal } = sumAbove(Float64Array.from(list), bound);
        const want = sorted(list)
          .slice(0, n)
          .reduce((a, b) => a + b, 0);
        expect(above).toBeLessThan(n);
        expect(above + equal).toBeGreaterThanOrEqual(n);
        expect(sum + (n - above) * bound).toBe(want);
      }),
      seeded(150),
    );
  });

  test('counts NaN as larger than everything', () => {
    const list = Float64Array.from([1, Number.NaN, 5, Infinity]);
    expect(sumAbove(list, Infinity)).toEqual({ sum: Number.NaN, above: 1, equal: 1 });
    expect(sumAbove(list, Number.NaN)).toEqual({ sum: 0, above: 0, equal: 1 });
  });
});
