import { describe, expect, test } from 'vitest';
import {
  classIds,
  classMass,
  classMassGradient,
  crossedHits,
  weightedHits,
  weightedHitsGradient,
} from '../../src/kernels/index.ts';

const labels = Int32Array.of(0, 1, -1, 1);
const p = Float64Array.of(0.9, 0.2, 0.5, 0.4, 0.1, 0.8, 0.5, 0.6);
const oneHot = Float64Array.of(1, 0, 9, 0, 0, 1, 9, 1);
const rounded = (values: Float64Array): number[] => [...values].map((x) => Math.round(1e9 * x) / 1e9);

describe.each([
  ['class ids', labels, null],
  ['values per channel', Int32Array.of(0, 0, -1, 0), oneHot],
] as const)('with %s', (_, ids, targets) => {
  test('the masses are what the pixels of a class give to every channel', () => {
    const [mass, counts] = [new Float64Array(4), new Float64Array(2)];
    classMass(p, ids, targets, mass, counts, 2, 4, 4);
    expect(rounded(mass)).toEqual([0.9, 0.1, 0.6, 1.4]);
    expect([...counts]).toEqual([1, 2]);
  });

  test('their gradient is the slope of the pair of class and channel', () => {
    const out = new Float64Array(8);
    classMassGradient(ids, targets, Float64Array.of(1, 2, 3, 4), 2, out);
    expect([...out]).toEqual([1, 3, 0, 3, 2, 4, 0, 4]);
  });

  test('weighted hits are the weighted probabilities of the class, or the weights alone', () => {
    const [sums, volumes, out] = [new Float64Array(2), new Float64Array(2), new Float64Array(8)];
    const weights = Float64Array.of(1, 2, 3, 4);
    weightedHits(p, ids, targets, weights, sums, 2, 4, 4);
    expect(rounded(sums)).toEqual([0.9, 4]);
    weightedHits(null, ids, targets, weights, volumes, 2, 4, 4);
    expect([...volumes]).toEqual([1, 6]);
    weightedHitsGradient(ids, targets, weights, Float64Array.of(1, 10, 2, 20), out, 2, 4, 4);
    expect([...out]).toEqual([11, 10, 0, 10, 20, 24, 0, 28]);
  });
});

test('crossed hits lay the labels of one image over the distances of another', () => {
  const distances = Float64Array.of(0, 1, 0.5, 0);
  const others = Int32Array.of(1, 1, 0, 0);
  // Pixels 0, 1, 3: 1 - 0.5 * 0.9, 1 - 0.5 * 0.2, 1 - 0.6; class 0 weighs nothing.
  expect(crossedHits(labels, Float64Array.of(0, 2), others, p, distances, 2)).toBeCloseTo(2 * (0.9 + 0.4), 12);
});

test('the class of a pixel is its largest value, the first of equals', () => {
  expect([...classIds(Float64Array.of(1, 0, 9, 0.5, 0, 1, 9, 0.5), Int32Array.of(0, 0, -1, 0), 2)]).toEqual([
    0, 1, -1, 0,
  ]);
});
