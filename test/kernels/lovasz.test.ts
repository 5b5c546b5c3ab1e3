import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lovaszExtension } from '../../src/kernels/index.ts';
import { agree, random, seeded } from '../_arrays.ts';

/** 1 - IoU of a set of wrong pixels: what is left of the object over what it has become. */
function jaccardLoss(wrong: ReadonlySet<number>, truth: readonly number[]): number {
  const object = truth.flatMap((g, i) => (g === 1 ? [i] : []));
  const hit = object.filter((i) => !wrong.has(i)).length;
  const excess = [...wrong].filter((i) => truth[i] === 0).length;
  return 1 - hit / (object.length + excess);
}

/** Labels of pixels none of which is ignored. */
function valid(count: number): Int32Array {
  return new Int32Array(count);
}

const runs = fc.record({ seed: fc.integer(), count: fc.integer({ min: 1, max: 12 }) });

describe('the Lovasz extension', () => {
  test('is the Jaccard loss itself where every error is 0 or 1', () => {
    fc.assert(
      fc.property(runs, ({ seed, count }) => {
        const next = random(seed);
        const truth = Array.from({ length: count }, () => Number(next() < 0.5));
        const errors = Array.from({ length: count }, () => Number(next() < 0.5));
        const wrong = new Set(errors.flatMap((e, i) => (e === 1 ? [i] : [])));
        if (wrong.size === 0 && !truth.includes(1)) return;
        const steps = new Float64Array(count);
        const value = lovaszExtension(Float64Array.from(errors), Float64Array.from(truth), valid(count), 0, steps);
        expect(value).toBeCloseTo(wrong.size === 0 ? 0 : jaccardLoss(wrong, truth), 12);
      }),
      seeded(200),
    );
  });

  test('is the area under the Jaccard loss of the pixels above a threshold', () => {
    fc.assert(
      fc.property(runs, ({ seed, count }) => {
        const next = random(seed);
        const truth = Array.from({ length: count }, () => Number(next() < 0.5));
        const errors = Array.from({ length: count }, next);
        const levels = [0, ...errors].sort((a, b) => a - b);
        const area = levels.slice(1).reduce((sum, level, k) => {
          const above = new Set(errors.flatMap((e, i) => (e >= level ? [i] : [])));
          return sum + (level - (levels[k] ?? 0)) * jaccardLoss(above, truth);
        }, 0);
        const value = lovaszExtension(
          Float64Array.from(errors),
          Float64Array.from(truth),
          valid(count),
          -Infinity,
          new Float64Array(count),
        );
        expect(agree(value, area, 1e-12)).toBe(true);
      }),
      seeded(100),
    );
  });

  test('of nothing is 0, and errors below the least count as the least', () => {
    expect(lovaszExtension(new Float64Array(0), new Float64Array(0), valid(0), 0, new Float64Array(0))).toBe(0);
    const steps = new Float64Array(2);
    expect(lovaszExtension(Float64Array.of(-1, 0.5), Float64Array.of(1, 0), valid(2), 0, steps)).toBe(0.25);
    expect([...steps]).toEqual([0.5, 0.5]);
  });

  test('leaves ignored pixels out', () => {
    const steps = new Float64Array(3);
    const [errors, truth] = [Float64Array.of(0.9, 0.25, 0.5), Float64Array.of(1, 1, 0)];
    expect(lovaszExtension(errors, truth, Int32Array.of(-1, 0, 0), 0, steps)).toBe(0.375);
    expect([...steps]).toEqual([0, 0.5, 0.5]);
  });
});
