import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SoftSkeleton } from '../../src/measures/_soft-skeleton.ts';
import { random, seeded } from '../_arrays.ts';

function room(
  spatial: readonly number[],
  iterations: number,
  taped = false,
  precision: 'single' | 'double' = 'double',
) {
  return new SoftSkeleton(precision, spatial, { iterations, taped, further: 2 });
}

function softSkeleton(picture: Float64Array, spatial: readonly number[], iterations: number): Float64Array {
  return Float64Array.from(room(spatial, iterations).of(picture));
}

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
          const gradient = room(spatial, iterations, true).backward(picture, slope.slice());
          gradient.forEach((g, i) => {
            const at = (step: number): number => total(picture.map((x, k) => (k === i ? x + step : x)));
            expect(g).toBeCloseTo((at(1e-7) - at(-1e-7)) / 2e-7, 6);
          });
        }),
        seeded(15),
      );
    },
  );

  test.each([
    { spatial: [9] },
    { spatial: [7, 6] },
    { spatial: [1, 13] },
    { spatial: [5, 4, 7] },
    { spatial: [1, 6, 5] },
  ])('of $spatial pixels is in singles what it is in doubles, and so is its gradient', ({ spatial }) => {
    const size = spatial.reduce((a, b) => a * b, 1);
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 3 }), (seed, iterations) => {
        const next = random(seed);
        // Few levels, so that there are ties, and slopes that are often 0.
        const picture = Float64Array.from({ length: size }, () => Math.floor(next() * 9) / 8);
        const slope = Float64Array.from({ length: size }, () => Math.max(0, Math.floor(next() * 9) - 4));
        const taken = (['single', 'double'] as const).map((precision) => {
          const own = room(spatial, iterations, true, precision);
          const [image, slopes] = [own.picture(), own.picture()];
          image.set(picture);
          slopes.set(slope);
          const found = [...own.of(image), ...own.backward(image, slopes)];
          own.close();
          return found;
        });
        taken[0]?.forEach((x, i) => {
          expect(x).toBeCloseTo(taken[1]?.[i] ?? Number.NaN, 5);
        });
      }),
      seeded(60),
    );
  });

  test('spreads NaN in singles as in doubles', () => {
    const own = room([5, 6], 1, false, 'single');
    const picture = own.picture();
    picture.set(Float64Array.from({ length: 30 }, (_, i) => (i === 14 ? Number.NaN : (i % 7) / 7)));
    const exact = softSkeleton(Float64Array.from(picture), [5, 6], 1);
    expect([...own.of(picture)]).toEqual([...exact]);
    expect(exact.some(Number.isNaN)).toBe(true);
    own.close();
  });
});
