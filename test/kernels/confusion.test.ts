import { describe, expect, test } from 'vitest';
import { binaryConfusion, confusion, largest } from '../../src/kernels/index.ts';

/** Matrix [truth * 3 + winner] of single pixels with three scores each. */
function matrixOf(pixels: readonly { readonly z: readonly number[]; readonly y: number }[]): number[] {
  const stride = pixels.length;
  const scores = Float64Array.from(
    { length: 3 * stride },
    (_, k) => pixels[k % stride]?.z[Math.floor(k / stride)] ?? 0,
  );
  const matrix = new Float64Array(9);
  confusion(
    scores,
    Int32Array.from(pixels, ({ y }) => y),
    matrix,
    3,
    stride,
    stride,
  );
  return [...matrix];
}

/** The channel that wins a pixel; -1 where none does. */
function winnerOf(z: readonly number[]): number {
  return matrixOf([{ z, y: 0 }]).indexOf(1);
}

describe('the winning class', () => {
  test.each([
    ['the largest score', [1, 3, 2], 1],
    ['the lowest of two equal channels', [1, 2, 2], 1],
    ['the lowest of three equal channels', [0, 0, 0], 0],
    ['the lowest when all are -Infinity', [-Infinity, -Infinity, -Infinity], 0],
    ['a finite score over -Infinity', [-Infinity, -1e300, -Infinity], 1],
    ['the first +Infinity', [0, Infinity, Infinity], 1],
    ['a number over NaN', [Number.NaN, -5, Number.NaN], 1],
    ['a -Infinity over NaN', [Number.NaN, Number.NaN, -Infinity], 2],
    ['nobody when all are NaN', [Number.NaN, Number.NaN, Number.NaN], -1],
    ['plus and minus zero are equal', [-0, 0, -1], 0],
  ])('%s', (_, z, want) => {
    expect(winnerOf(z)).toBe(want);
  });
});

test('the matrix counts truth by rows, winners by columns, ignored pixels nowhere', () => {
  const counted = matrixOf([
    { z: [1, 0, 0], y: 0 },
    { z: [0, 1, 0], y: 0 },
    { z: [0, 0, 1], y: 1 },
    { z: [0, 0, 1], y: 2 },
    { z: [0, 0, 1], y: 2 },
    { z: [1, 0, 0], y: -1 },
    { z: [1, 0, 0], y: -2 },
  ]);
  expect(counted).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 2]);
});

test('binary counts are [true negative, false alarm, miss, hit]; the threshold itself and NaN are negative', () => {
  const counts = new Float64Array(8);
  const scores = Float64Array.of(0.2, 0.9, 0.5, 0.9, Number.NaN, 0.9, 1, 1, 1, 1, 1, 1);
  const targets = Float64Array.of(0, 0, 1, 1, 1, 1, 0, 0, 0, 0.5, 0.6, 1);
  binaryConfusion(scores, Int32Array.of(0, 0, 0, 0, 0, -1), targets, 0.5, counts, 2, 6, 6);
  expect([...counts]).toEqual([1, 1, 2, 1, 0, 4, 0, 1]);
});

test('the largest channel of a pixel', () => {
  const out = new Float64Array(3).fill(9);
  largest(Float64Array.of(1, 5, 9, 2, 4, 9, 3, 5, 9), out, 3, 3, 2);
  expect([...out]).toEqual([3, 5, 9]);
});
