import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Opened } from '../../src/embeddings/_features.ts';
import { parseEmbedding } from '../../src/embeddings/_spec.ts';
import {
  hardestTriplets,
  marginOf,
  sampledPairs,
  sampledRows,
  sampledTriplets,
  tripletSum,
} from '../../src/kernels/index.ts';
import { seeded } from '../_arrays.ts';
import { anySample, opened } from './_sets.ts';

const plain = { eps: 0, squared: false };

/** Every triplet, one by one. */
function everyTriplet({ labels }: Opened): number[][] {
  const rows = [...labels.keys()];
  return rows.flatMap((a) =>
    rows.flatMap((p) =>
      p === a || labels[p] !== labels[a] ? [] : rows.filter((n) => labels[n] !== labels[a]).map((n) => [a, p, n]),
    ),
  );
}

describe('mining', () => {
  test('batch-all is the mean over the triplets above 0, as if each were visited', () => {
    const { loss, options } = parseEmbedding('triplet:convention=plain,margin=0.5,mining=batch-all');
    fc.assert(
      fc.property(anySample, (sample) => {
        const set = opened(sample);
        const triplets = everyTriplet(set);
        const gradient = new Float64Array(set.rows.length);
        const slow = tripletSum(set.rows, set.dims, Int32Array.from(triplets.flat()), 0.5, plain, gradient);
        const fast = loss.evaluate(set, options);
        expect(fast.terms).toBe(triplets.length);
        expect(fast.violations).toBe(slow.active);
        expect(fast.value).toBeCloseTo(slow.sum / slow.active, 10);
        fast.gradient.forEach((g, k) => {
          expect(g).toBeCloseTo((gradient[k] ?? 0) / slow.active, 10);
        });
      }),
      seeded(30),
    );
  });

  test('batch-hard takes the worst triplet of each anchor', () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        const set = opened(sample);
        const cost = (triplet: readonly number[]): number =>
          tripletSum(set.rows, set.dims, Int32Array.from(triplet), 100, plain, new Float64Array(set.rows.length)).sum;
        const hard = hardestTriplets(set.rows, set.dims, set.labels, plain);
        const all = everyTriplet(set);
        for (let t = 0; t < hard.length; t += 3) {
          const own = all.filter(([a]) => a === hard[t]).map(cost);
          expect(cost([...hard.subarray(t, t + 3)])).toBe(Math.max(...own));
        }
        expect(hard).toHaveLength(3 * set.count);
      }),
      seeded(15),
    );
  });

  test('samples are valid, and the same for the same seed', () => {
    fc.assert(
      fc.property(anySample, fc.nat(1000), (sample, seed) => {
        const { labels, names, count } = opened(sample);
        const triplets = sampledTriplets(labels, names.length, 50, seed);
        expect(triplets).toEqual(sampledTriplets(labels, names.length, 50, seed));
        for (let t = 0; t < triplets.length; t += 3) {
          const [a = 0, p = 0, n = 0] = triplets.subarray(t, t + 3);
          expect([a !== p, labels[a] === labels[p], labels[a] === labels[n]]).toEqual([true, true, false]);
        }
        const pairs = sampledPairs(labels, names.length, 50, seed);
        for (let k = 0; k < pairs.length; k += 2) expect(pairs[k]).not.toBe(pairs[k + 1]);
        const rows = sampledRows(labels, names.length, 4, seed);
        expect(new Set(rows).size).toBe(rows.length);
        expect(Math.max(...rows)).toBeLessThan(count);
      }),
      seeded(20),
    );
  });
});

describe('margins', () => {
  test.each([1, 2, 3, 4])('psi with m = %i falls from 1 to 1 - 2m without a jump, with its own slope', (m) => {
    const psi = (angle: number): number => marginOf(Math.cos(angle), { kind: 'times', m, lambda: 0 })[0];
    expect(psi(0)).toBeCloseTo(1, 12);
    expect(psi(Math.PI)).toBeCloseTo(1 - 2 * m, 12);
    for (let angle = 0.01; angle < 3.13; angle += 0.01) {
      expect(psi(angle + 0.01)).toBeLessThanOrEqual(psi(angle) + 1e-12);
      expect(psi(angle + 0.01)).toBeGreaterThan(psi(angle) - 0.02 * m);
      const slope = marginOf(Math.cos(angle), { kind: 'times', m, lambda: 0 })[1];
      expect(-slope * Math.sin(angle)).toBeCloseTo((psi(angle + 1e-6) - psi(angle - 1e-6)) / 2e-6, 4);
    }
  });

  test('the fallback of ArcFace meets it at pi - m and goes on falling', () => {
    const margin = { kind: 'angle', m: 0.5, fallback: true } as const;
    const edge = Math.PI - 0.5;
    expect(marginOf(Math.cos(edge - 0.1), margin)[0]).toBeCloseTo(Math.cos(edge + 0.4), 12);
    expect(marginOf(Math.cos(edge + 0.1), margin)[0]).toBeCloseTo(Math.cos(edge + 0.1) - 0.5 * Math.sin(0.5), 12);
  });
});
