import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softSkeleton, softSkeletonBackward, tapedSkeleton } from '../../src/kernels/index.ts';
import { random, seeded } from '../_arrays.ts';

/** A picture of 0 and 1 from rows of text. */
function drawn(...rows: string[]): Float64Array {
  return Float64Array.from(rows.join(''), (c) => Number(c === '#'));
}

function shown(picture: Float64Array, width: number): string[] {
  const text = Array.from(picture, (x) => (x === 0 ? '.' : x === 1 ? '#' : '?')).join('');
  return Array.from({ length: text.length / width }, (_, y) => text.slice(y * width, (y + 1) * width));
}

describe('the soft skeleton', () => {
  test('of a thick bar is the line in its middle', () => {
    const bar = drawn('.......', '.#####.', '.#####.', '.#####.', '.......');
    const skeleton = ['.......', '.......', '..###..', '.......', '.......'];
    expect(shown(softSkeleton(bar, [5, 7], 3), 7)).toEqual(skeleton);
  });

  test('of a thin line is the line', () => {
    const line = drawn('....', '####', '....');
    expect(softSkeleton(line, [3, 4], 2)).toEqual(line);
  });

  test('of a volume one voxel thick in each slice is kept', () => {
    const column = Float64Array.from({ length: 27 }, (_, k) => Number(k % 9 === 4));
    expect(softSkeleton(column, [3, 3, 3], 1)).toEqual(column);
  });

  test('of a constant picture is empty: an opening takes nothing away', () => {
    expect(Math.max(...softSkeleton(new Float64Array(12).fill(0.7), [3, 4], 3))).toBe(0);
  });

  test.each([{ spatial: [4, 5] }, { spatial: [1, 6] }, { spatial: [3, 3, 3] }])(
    'of $spatial pixels has a gradient that central differences agree with',
    ({ spatial }) => {
      const size = spatial.reduce((a, b) => a * b, 1);
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 0, max: 3 }), (seed, iterations) => {
          const next = random(seed);
          const picture = Float64Array.from({ length: size }, next);
          const slope = Float64Array.from({ length: size }, () => next() - 0.5);
          const total = (moved: Float64Array): number =>
            softSkeleton(moved, spatial, iterations).reduce((sum, x, i) => sum + x * (slope[i] ?? 0), 0);
          const gradient = softSkeletonBackward(tapedSkeleton(picture, spatial, iterations), spatial, slope);
          gradient.forEach((g, i) => {
            const at = (step: number): number => total(picture.map((x, k) => (k === i ? x + step : x)));
            expect(g).toBeCloseTo((at(1e-7) - at(-1e-7)) / 2e-7, 6);
          });
        }),
        seeded(15),
      );
    },
  );
});
