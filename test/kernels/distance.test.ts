import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementCount } from '../../src/core/index.ts';
import { squaredDistances } from '../../src/kernels/index.ts';
import { agree, random, seeded } from '../_arrays.ts';

/** Position of a pixel along every axis. */
function positionOf(pixel: number, shape: readonly number[]): number[] {
  const out: number[] = [];
  let rest = pixel;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 1;
    out[axis] = rest % length;
    rest = Math.floor(rest / length);
  }
  return out;
}

/** Every pixel against every other. */
function bruteForce(labels: Int32Array, shape: readonly number[], spacing: readonly number[]): number[] {
  const positions = [...labels].map((_, pixel) => positionOf(pixel, shape));
  return [...labels].map((label, pixel) => {
    let nearest = Infinity;
    positions.forEach((position, other) => {
      if (labels[other] === label) return;
      let sum = 0;
      position.forEach((at, axis) => {
        sum += ((at - (positions[pixel]?.[axis] ?? 0)) * (spacing[axis] ?? 1)) ** 2;
      });
      nearest = Math.min(nearest, sum);
    });
    return nearest;
  });
}

function expectExact(labels: Int32Array, shape: readonly number[], spacing: readonly number[]): void {
  const got = squaredDistances(labels, shape, spacing);
  const want = bruteForce(labels, shape, spacing);
  const wrong = want.flatMap((d, k) => (agree(got[k] ?? -1, d, 1e-13) ? [] : [`${k}: ${got[k]} not ${d}`]));
  expect(wrong).toEqual([]);
}

const shapes: readonly (readonly number[])[] = [
  [1],
  [2],
  [31],
  [1, 1],
  [1, 17],
  [17, 1],
  [9, 13],
  [20, 3],
  [1, 1, 1],
  [4, 5, 6],
  [1, 7, 5],
  [6, 1, 7],
  [5, 8, 1],
  [1, 1, 12],
];
const spacings = [1, 0.5, 3, 0.001, 7.25];

describe('the squared distance to the nearest pixel of another label', () => {
  test.each(shapes.map((shape) => ({ shape })))('is that of brute force on any map of shape $shape', ({ shape }) => {
    const runs = fc.record({
      seed: fc.integer(),
      classes: fc.integer({ min: 1, max: 5 }),
      // Long runs of one label, or noise.
      change: fc.constantFrom(0.05, 0.3, 1),
      spacing: fc.array(fc.constantFrom(...spacings), { minLength: shape.length, maxLength: shape.length }),
    });
    fc.assert(
      fc.property(runs, ({ seed, classes, change, spacing }) => {
        const next = random(seed);
        let label = -1;
        const labels = Int32Array.from({ length: elementCount(shape) }, () => {
          if (label < 0 || next() < change) label = Math.floor(next() * classes);
          return label - 1; // -1: ignored pixels are a label like any other
        });
        expectExact(labels, shape, spacing);
      }),
      seeded(25),
    );
  });

  test('is infinite everywhere when there is one label only', () => {
    for (const shape of shapes) {
      const labels = new Int32Array(elementCount(shape)).fill(3);
      const all = squaredDistances(
        labels,
        shape,
        shape.map(() => 2),
      );
      expect(all.every((d) => d === Infinity)).toBe(true);
    }
  });

  test('is that of a single other pixel in every corner of a volume', () => {
    const shape = [4, 6, 5];
    for (const pixel of [0, 4, 25, 29, 90, 94, 115, 119, 62]) {
      const labels = new Int32Array(elementCount(shape));
      labels[pixel] = 1;
      expectExact(labels, shape, [2, 1, 0.7]);
    }
  });

  test('crosses a chequerboard in one step of the finest axis', () => {
    const labels = Int32Array.from({ length: 64 }, (_, k) => ((k >> 3) + k) % 2);
    expect(new Set(squaredDistances(labels, [8, 8], [3, 0.5]))).toEqual(new Set([0.25]));
  });

  test('looks past the ends of a run along the slow axis', () => {
    const labels = Int32Array.from([0, 0, 0, 1, 0, 0, 0, 0, 0]);
    expectExact(labels, [3, 3], [1, 1]);
    expectExact(labels, [9, 1], [1, 1]);
  });

  test('does not change when the labels are renamed', () => {
    const next = random(5);
    const labels = Int32Array.from({ length: 120 }, () => Math.floor(next() * 4));
    const renamed = labels.map((label) => 40 - 7 * label);
    expect(squaredDistances(renamed, [10, 12], [1, 1])).toEqual(squaredDistances(labels, [10, 12], [1, 1]));
  });
});
