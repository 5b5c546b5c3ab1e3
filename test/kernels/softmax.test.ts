import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { negLogSoftmax, nllSoftmax, softmax, softmaxBackward } from '../../src/kernels/index.ts';
import { agree, seeded } from '../_arrays.ts';

/** Softmax of one pixel, with -ln p of every channel. */
function softmaxOf(z: readonly number[]): { p: number[]; u: number[] } {
  const channels = z.length;
  const [p, u, top, logSum] = [channels, channels, 1, 1].map((n) => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  softmax(Float64Array.from(z), p, top, logSum, channels, 1, 1);
  negLogSoftmax(Float64Array.from(z), top, logSum, u, channels, 1, 1);
  return { p: [...p], u: [...u] };
}

/** p and -ln p to 16 digits, from 80-digit arithmetic. */
const known = [
  { z: [0, 0], p: [0.5, 0.5], u: [Math.LN2, Math.LN2] },
  { z: [1e4, -1e4], p: [1, 0], u: [0, 2e4] },
  {
    z: [1e4, 9999, 9998],
    p: [0.6652409557748219, 0.24472847105479764, 0.09003057317038046],
    u: [0.4076059644443803, 1.4076059644443804, 2.40760596444438],
  },
  {
    z: [-1e4, -1e4, -9999.5],
    p: [0.274068619061197, 0.274068619061197, 0.45186276187760605],
    u: [1.2943767694176431, 1.2943767694176431, 0.7943767694176432],
  },
  { z: [700, 0, -700], p: [1, 9.85967654375977e-305, 0], u: [0, 700, 1400] },
  {
    z: [5e-324, 0, -5e-324],
    p: [0.3333333333333333, 0.3333333333333333, 0.3333333333333333],
    u: [1.0986122886681098, 1.0986122886681098, 1.0986122886681098],
  },
  {
    z: [0.1, 0.2, 0.3, 0.4, 0.5],
    p: [0.1621203478685732, 0.17917069369265443, 0.19801424004056153, 0.21883957945767904, 0.2418551389405318],
    u: [1.8194163314769023, 1.7194163314769022, 1.6194163314769023, 1.5194163314769022, 1.4194163314769022],
  },
  { z: [40, 0], p: [1, 4.248354255291589e-18], u: [4.248354255291589e-18, 40] },
  { z: [800, 80, 20], p: [1, 2.0322308024e-313, 0], u: [0, 720, 780] },
  { z: [1e300, -1e300], p: [1, 0], u: [0, 2e300] },
] as const;

describe('softmax', () => {
  test.each(known)('of $z has the probabilities of exact arithmetic', ({ z, p }) => {
    softmaxOf(z).p.forEach((value, c) => {
      expect(agree(value, p[c] ?? 0, 1e-15), `p[${c}] ${value}`).toBe(true);
    });
  });

  test.each(known)('of $z has the logs of exact arithmetic, down to the rounding of ln 1', ({ z, u }) => {
    softmaxOf(z).u.forEach((value, c) => {
      const want = u[c] ?? 0;
      expect(Math.abs(value - want), `u[${c}] ${value}`).toBeLessThanOrEqual(Math.max(2.3e-16, 4e-16 * want));
    });
  });

  test('a channel at -Infinity has probability 0 and an infinite log', () => {
    expect(softmaxOf([0, -Infinity])).toEqual({ p: [1, 0], u: [0, Infinity] });
  });

  test.each([
    [[0, Number.NaN, 1]],
    [[Number.NaN, 0, 1]],
    [[Infinity, 0, 0]],
    [[-Infinity, -Infinity, -Infinity]],
    [[Infinity, Infinity, 0]],
  ])('of %j is NaN in every channel, as libraries have it', (z) => {
    expect(softmaxOf(z).p).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  test('of one channel is 1 whatever the score', () => {
    expect([-1e4, 0, 3, 1e4].map((z) => softmaxOf([z]))).toEqual(Array(4).fill({ p: [1], u: [0] }));
  });

  test('sums to 1, and does not change when every score moves by the same amount', () => {
    const scores = fc.array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(scores, fc.integer({ min: -512, max: 512 }), (z, shift) => {
        const { p } = softmaxOf(z);
        const moved = softmaxOf(z.map((score) => score + shift)).p;
        expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
        // Moving a score rounds it, and a change of d in a score changes p by d p.
        p.forEach((value, c) => {
          expect(Math.abs(value - (moved[c] ?? 0))).toBeLessThanOrEqual(4e-13 * value + 1e-300);
        });
      }),
      seeded(200),
    );
  });

  test('touches neither other pixels nor the gap behind a short tile', () => {
    const stride = 4;
    const z = Float64Array.from([1, 2, 9, 9, 3, 2, 9, 9]);
    const p = new Float64Array(8).fill(-7);
    const [top, logSum] = [new Float64Array(stride), new Float64Array(stride)];
    softmax(z, p, top, logSum, 2, stride, 2);
    const [a = 0, b = 0] = softmaxOf([1, 3]).p;
    expect([...p]).toEqual([a, 0.5, -7, -7, b, 0.5, -7, -7]);
  });
});

test('the log of the labelled channel is that of the whole table, and 0 for an ignored pixel', () => {
  const z = Float64Array.from([3, -1, 0.5, 1, 1, 200]);
  const [p, top, logSum, u] = [6, 3, 3, 6].map((n) => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  softmax(z, p, top, logSum, 2, 3, 3);
  negLogSoftmax(z, top, logSum, u, 2, 3, 3);
  const out = new Float64Array(3);
  nllSoftmax(z, top, logSum, Int32Array.from([1, -1, 0]), out, 3, 3);
  expect([...out]).toEqual([u[3], 0, u[2]]);
});

describe('the way back through a softmax', () => {
  /** J^T d with J_jk = p_j (1{j = k} - p_k), written out. */
  function backward(p: readonly number[], d: readonly number[]): number[] {
    return p.map((pk, k) => p.reduce((sum, pj, j) => sum + (d[j] ?? 0) * pj * ((j === k ? 1 : 0) - pk), 0));
  }

  test('multiplies by the Jacobian matrix', () => {
    const entry = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 5 }), (pairs) => {
        const { p } = softmaxOf(pairs.map(([z]) => z));
        const slopes = pairs.map(([, d]) => d);
        const d = Float64Array.from(slopes);
        softmaxBackward(d, Float64Array.from(p), new Float64Array(1), p.length, 1, 1);
        backward(p, slopes).forEach((want, k) => {
          expect(Math.abs((d[k] ?? 0) - want)).toBeLessThanOrEqual(1e-14);
        });
      }),
      seeded(200),
    );
  });

  test('an infinite slope at probability 0 does not poison the others', () => {
    const d = Float64Array.from([-Infinity, 2]);
    softmaxBackward(d, Float64Array.from([0, 1]), new Float64Array(1), 2, 1, 1);
    expect([...d]).toEqual([0, 0]);
  });
});
