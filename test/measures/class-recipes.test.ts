import { describe, expect, test } from 'vitest';
import { weightRecipes } from '../../src/measures/index.ts';

const pixels = [600, 300, 100, 0];

/** Scaled so that the weights of the pixels average to 1. */
function scaled(weights: readonly number[], counts: readonly number[]): number[] {
  const all = counts.reduce((a, b) => a + b, 0);
  const mean = weights.reduce((sum, w, row) => sum + w * (counts[row] ?? 0), 0) / all;
  return weights.map((w) => w / mean);
}

const root = [Math.sqrt(10 / 6), Math.sqrt(10 / 3), Math.sqrt(10), 0];
/** 1 + b + ... + b^(n-1) for b = 0.9999. */
const effective = (n: number): number => Array.from({ length: n }, (_, k) => 0.9999 ** k).reduce((a, b) => a + b, 0);

test.each([
  ['inverse-frequency', pixels, [10 / 6, 10 / 3, 10, 0]],
  ['balanced', pixels, [10 / 18, 10 / 9, 10 / 3, 0]],
  ['sqrt-inverse', pixels, scaled(root, pixels)],
  ['median-frequency', pixels, [0.5, 1, 3, 0]],
  ['median-frequency', [600, 300, 100, 200], [250 / 600, 250 / 300, 2.5, 1.25]],
  ['effective-number', [5, 2, 0], scaled([1 / effective(5), 1 / effective(2), 0], [5, 2, 0])],
  ['enet', pixels, [1 / Math.log(1.62), 1 / Math.log(1.32), 1 / Math.log(1.12), 0]],
])('%s of %j', (name, counts, expected) => {
  const weights = weightRecipes[name]?.(counts) ?? [];
  expect(weights).toHaveLength(counts.length);
  weights.forEach((weight, row) => {
    expect(weight).toBeCloseTo(expected[row] ?? Number.NaN, 10);
  });
});

describe.each(Object.entries(weightRecipes))('%s', (_, weigh) => {
  test('rarer classes weigh at least as much, and equal ones the same', () => {
    const weights = weigh(pixels);
    for (const row of [1, 2]) expect(weights[row]).toBeGreaterThan(weights[row - 1] ?? Infinity);
    const [a, b] = weigh([500, 500]);
    expect(a).toBe(b);
  });

  test('the weights are finite, whatever is absent', () => {
    for (const counts of [
      [1e9, 1, 0],
      [0, 0, 7],
      [0, 0],
    ])
      expect(weigh(counts).every(Number.isFinite)).toBe(true);
  });
});
