import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tile } from '../../src/core/index.ts';
import { view } from '../../src/core/index.ts';
import { rankedLosses, unsureLosses, winners } from '../../src/measures/index.ts';
import { measurementsOf, type Picture, random, seeded } from '../_arrays.ts';

const softmax = view(['softmax']);
const sigmoid = view(['sigmoid']);

/** Probability of the labelled side of every pixel of one channel. */
function sure(p: readonly number[], target: readonly number[]): Picture {
  const prediction = p.map((q, k) => (target[k] === 1 ? Math.log(q / (1 - q)) : Math.log((1 - q) / q)));
  return { prediction, target, spatial: [1, p.length], channels: 1 };
}

describe('the hardest pixels', () => {
  test('are those with the largest losses, ignored ones ranking with loss 0', () => {
    const picture: Picture = { ...sure([0.9, 0.5, 0.25, 0.8], [1, 0, 1, 0]), target: [255, 0, 1, 0], ignore: [255] };
    const ranked = measurementsOf(picture).get(rankedLosses(null), sigmoid);
    expect([ranked.pixels, ranked.valid]).toEqual([4, 3]);
    expect(ranked.hardest(1)).toEqual({ sum: expect.closeTo(-Math.log(0.25), 12), bound: expect.any(Number), ties: 1 });
    expect(ranked.hardest(3).sum).toBeCloseTo(-Math.log(0.25 * 0.5 * 0.8), 12);
    expect(ranked.hardest(4).bound).toBe(0);
    expect(ranked.hardest(0)).toEqual({ sum: 0, bound: Infinity, ties: 0 });
  });

  test('share a tie', () => {
    const ranked = measurementsOf(sure([0.5, 0.5, 0.5, 0.9], [1, 0, 1, 0])).get(rankedLosses(null), sigmoid);
    expect(ranked.hardest(2)).toEqual({ sum: 2 * Math.LN2, bound: Math.LN2, ties: 2 / 3 });
  });

  test('are ranked after the class weights', () => {
    const picture: Picture = { prediction: [0, 0, 0, 1, 0, 0], target: [0, 0, 1], spatial: [1, 3], channels: 2 };
    const losses = [Math.log1p(Math.exp(1)), Math.LN2, Math.LN2];
    const weighed = measurementsOf(picture).get(rankedLosses([0.1, 5]), softmax);
    expect(weighed.hardest(1).sum).toBeCloseTo(5 * (losses[2] ?? 0), 14);
    expect(measurementsOf(picture).get(rankedLosses(null), softmax).hardest(1).sum).toBeCloseTo(losses[0] ?? 0, 14);
  });

  test('sum to what sorting gives', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, n) => {
        const next = random(seed);
        const p = Array.from({ length: 60 }, () => [0.25, 0.5, 0.02 + 0.96 * next()][Math.floor(3 * next())] ?? 0.5);
        const target = p.map(() => Number(next() < 0.5));
        const { sum } = measurementsOf(sure(p, target)).get(rankedLosses(null), sigmoid).hardest(n);
        const want = p
          .map((q) => -Math.log(q))
          .sort((a, b) => b - a)
          .slice(0, n)
          .reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(want, 10);
      }),
      seeded(50),
    );
  });
});

describe('unsure pixels', () => {
  const picture = sure([0.9, 0.4, 0.2, 0.6], [1, 1, 0, 0]);

  test('by target are those whose labelled side is below the threshold', () => {
    const { sums, counts } = measurementsOf(picture).get(unsureLosses('target', 0.5), sigmoid);
    expect([...counts]).toEqual([1, 1]);
    expect([...sums]).toEqual([expect.closeTo(-Math.log(0.2), 12), expect.closeTo(-Math.log(0.4), 12)]);
  });

  test('by winner leave out those that are confidently wrong', () => {
    const { sums, counts } = measurementsOf(picture).get(unsureLosses('winner', 0.7), sigmoid);
    expect([...counts]).toEqual([1, 1]);
    expect([...sums]).toEqual([expect.closeTo(-Math.log(0.6), 12), expect.closeTo(-Math.log(0.4), 12)]);
  });

  test('never sit at the threshold itself', () => {
    const even: Picture = { prediction: [0, 0], target: [0, 1], spatial: [1, 2], channels: 1 };
    expect([...measurementsOf(even).get(unsureLosses('target', 0.5), sigmoid).counts]).toEqual([0, 0]);
  });

  test('of several channels look at the largest', () => {
    expect([...winners(tileOf([0.2, 0.6, 0.3, 0.3, 0.5, 0.1], 3))]).toEqual([0.5, 0.6]);
  });

  test('of one channel look at the likelier side', () => {
    expect([...winners(tileOf([0.2, 0.9, 0.5], 1))]).toEqual([0.8, 0.9, 0.5]);
  });
});

/** As much of a tile as the winners look at. */
function tileOf(p: readonly number[], channels: number): Tile {
  const stride = p.length / channels;
  const tile: Pick<Tile, 'channels' | 'stride' | 'count' | 'probabilities' | 'kept'> = {
    channels,
    stride,
    count: stride,
    probabilities: () => Float64Array.from(p),
    kept(_name, length, fill) {
      const out = new Float64Array(length);
      fill(out);
      return out;
    },
  };
  return tile as Tile;
}
