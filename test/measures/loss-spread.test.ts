import fc from 'fast-check';
import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { lossSpread } from '../../src/measures/index.ts';
import { measurementsOf, random, seeded } from '../_arrays.ts';

/** A foreground everywhere, with the given losses -ln p. */
function spreadOf(losses: readonly number[], ignored = 0) {
  const prediction = Float64Array.from([...losses.map((u) => Math.exp(-u)), ...new Array(ignored).fill(0.001)]);
  const target = Uint8Array.from(prediction, (_, i) => (i < losses.length ? 1 : 255));
  const picture = { channels: 1, spatial: [1, prediction.length], prediction, target, ignore: [255] };
  return measurementsOf(picture).get(lossSpread, view([], { logs: 'rounded' }));
}

test('the share of the hardest pixels is that of the sorted losses, within the width of a bin', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(0.001, 0.01, 0.1, 0.25, 0.9), (seed, part) => {
      const next = random(seed);
      const losses = Array.from({ length: 3000 }, () => 8 * next() ** 6);
      const sorted = losses.toSorted((a, b) => b - a);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const share = sum(sorted.slice(0, part * losses.length)) / sum(losses);
      const spread = spreadOf(losses);
      expect(spread.shareOn(part)).toBeCloseTo(share, 2);
      const bound = sorted[part * losses.length - 1] ?? 0;
      expect(spread.boundOf(part)).toBeLessThanOrEqual(bound * (1 + 1e-6));
      expect(spread.boundOf(part)).toBeGreaterThan(bound / 1.07);
    }),
    seeded(20),
  );
});

test('a part of a pixel carries that part of its loss', () => {
  const spread = spreadOf([6, 1, 1, 1, 1]);
  expect(spread.shareOn(0.1)).toBeCloseTo(0.3, 12);
  expect(spread.shareOn(0.2)).toBeCloseTo(0.6, 12);
  expect(spread.shareOn(1)).toBeCloseTo(1, 12);
});

test('ignored pixels carry nothing, and p = 0 counts as the smallest float', () => {
  const spread = spreadOf([1, 1, Infinity], 4);
  expect(spread.pixels).toBe(3);
  expect(spread.total).toBeCloseTo(2 + 126 * Math.LN2, 10);
});

test('every image has its own sums', () => {
  const prediction = Float64Array.from([0.5, 0.5, 0.25, 1]);
  const picture = { channels: 1, images: 2, spatial: [1, 2], prediction, target: [1, 1, 1, 1] };
  const { images } = measurementsOf(picture).get(lossSpread, view([], { logs: 'rounded' }));
  expect(images.map(({ pixels }) => pixels)).toEqual([2, 2]);
  expect(images[0]?.total).toBeCloseTo(2 * Math.LN2, 12);
  expect(images[1]?.total).toBeCloseTo(2 * Math.LN2, 12);
});
