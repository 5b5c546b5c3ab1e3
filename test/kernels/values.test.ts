import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDistinct,
  countBytes,
  countValues,
  eachRun,
  mapBytes,
  noValues,
  tableFrom,
} from '../../src/kernels/index.ts';

/** Values as a mask has them: the same several times in a row. */
const rows = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc
    .array(fc.tuple(value, fc.integer({ min: 1, max: 9 })), { maxLength: 30 })
    .map((runs) => runs.flatMap(([it, times]) => new Array<T>(times).fill(it)));

const byte = fc.integer({ min: 0, max: 255 });

function countsOf(values: Uint8Array | Float64Array) {
  const counts = noValues();
  countValues(values.subarray(0, values.length >> 1), counts);
  countValues(values.subarray(values.length >> 1), counts);
  const found = new Map(counts.map);
  counts.table.forEach((n, at) => {
    if (n > 0) found.set(at + tableFrom, n);
  });
  return { ...counts, table: null, map: found };
}

describe('counting values', () => {
  test('bytes are counted one by one, wherever in memory they begin', () => {
    fc.assert(
      fc.property(rows(byte), fc.integer({ min: 0, max: 3 }), (values, offset) => {
        const bytes = Uint8Array.from([...new Array(offset).fill(9), ...values]).subarray(offset);
        const [counts, want] = [new Float64Array(256), new Float64Array(256)];
        countBytes(bytes, counts);
        for (const value of values) want[value] = (want[value] ?? 0) + 1;
        expect(counts).toEqual(want);
      }),
    );
  });

  test('gives the same for bytes and for the same numbers as doubles', () => {
    fc.assert(
      fc.property(rows(byte), (values) => {
        expect(countsOf(Uint8Array.from(values))).toEqual(countsOf(Float64Array.from(values)));
      }),
    );
  });

  test('tells integers, fractions, far values and what is not finite apart', () => {
    const values = [1, 1, 1, 0.5, 0.5, -2000, Number.NaN, Number.NaN, Infinity, 1];
    expect(countsOf(Float64Array.from(values))).toMatchObject({
      map: new Map([
        [0.5, 2],
        [-2000, 1],
        [1, 4],
      ]),
      nonFinite: 3,
      integers: 5,
      min: -2000,
      max: 1,
      complete: true,
    });
  });

  test('of thousands of fractions is given up', () => {
    expect(countsOf(Float64Array.from({ length: 5000 }, (_, i) => i + 0.5)).complete).toBe(false);
  });
});

test('distinct values are met once each, and no more than one beyond the limit', () => {
  const met = new Set([3]);
  addDistinct(Float32Array.of(1, 1, 3, 1, Number.NaN, Number.NaN), met);
  expect([...met]).toEqual([3, 1, Number.NaN]);
  addDistinct(Float32Array.of(5, 6, 7, 8), met, 4);
  expect([...met]).toEqual([3, 1, Number.NaN, 5, 6]);
});

test('a table says what every byte becomes', () => {
  const table = Int32Array.from({ length: 256 }, (_, at) => 255 - at);
  fc.assert(
    fc.property(rows(byte), (values) => {
      const out = new Int32Array(values.length + 1).fill(7);
      mapBytes(Uint8Array.from(values), table, out);
      expect([...out]).toEqual([...values.map((value) => 255 - value), 7]);
    }),
  );
});

test('numbers in memory are visited as they are, those of a file in runs', () => {
  const data = Float32Array.of(1, 2, 3, 4, 5);
  const seen: number[][] = [];
  eachRun(data, 2, (values) => seen.push([...values]));
  const file = {
    length: 5,
    room: (length: number) => new Float32Array(length),
    fits: () => true,
    read: (from: number, count: number, out: { set(values: Float32Array, at: number): void }, at: number) =>
      out.set(data.subarray(from, from + count), at),
  };
  eachRun(file, 2, (values) => seen.push([...values]));
  expect(seen).toEqual([[1, 2, 3, 4, 5], [1, 2], [3, 4], [5]]);
});
