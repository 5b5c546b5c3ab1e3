import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contiguousStrides, elementCount } from '../../src/core/index.ts';
import { gather, lineStride } from '../../src/kernels/index.ts';
import { random, seeded } from '../_arrays.ts';

/** Element by element, from the definition of strides. */
function naive(data: ArrayLike<number>, base: number, shape: readonly number[], strides: readonly number[]): number[] {
  const plain = contiguousStrides(shape);
  return Array.from({ length: elementCount(shape) }, (_, k) => {
    let at = base;
    shape.forEach((length, axis) => {
      at += (Math.floor(k / (plain[axis] ?? 1)) % length) * (strides[axis] ?? 0);
    });
    return data[at] ?? Number.NaN;
  });
}

/** All of a plane, and every run of it that starts or ends somewhere inside. */
function expectSame(data: ArrayLike<number>, base: number, shape: readonly number[], strides: readonly number[]): void {
  const want = naive(data, base, shape, strides);
  const plane = { data, base, shape, strides };
  const cuts = [...new Set([0, 1, 2, want.length >> 1, want.length - 1, want.length])].filter((cut) => cut >= 0);
  for (const start of cuts) {
    for (const end of cuts) {
      if (end < start || end > want.length) continue;
      const out = new Float64Array(want.length + 2).fill(-1);
      gather(plane, start, end - start, out, 1);
      expect([...out.subarray(1, 1 + end - start)], `[${shape}] by [${strides}]`).toEqual(want.slice(start, end));
      expect([out[0], out[1 + end - start]]).toEqual([-1, -1]);
    }
  }
}

/** A stride per axis: a permutation of the axes, gaps between elements, flips. */
const arrangement = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    shape: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: rank, maxLength: rank }),
    rank: fc.shuffledSubarray(
      Array.from({ length: rank }, (_, axis) => axis),
      { minLength: rank },
    ),
    gap: fc.integer({ min: 1, max: 3 }),
    flips: fc.array(fc.boolean(), { minLength: rank, maxLength: rank }),
    repeated: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: rank, maxLength: rank }),
    seed: fc.integer(),
  }),
);

describe('gather', () => {
  test('agrees with element-by-element indexing for permuted, spread, flipped and repeated axes', () => {
    fc.assert(
      fc.property(arrangement, ({ shape, rank, gap, flips, repeated, seed }) => {
        const strides: number[] = [];
        let stride = gap;
        for (const axis of rank) {
          // One axis in five is repeated: stride 0.
          strides[axis] = repeated[axis] === 0 ? 0 : stride;
          stride *= repeated[axis] === 0 ? 1 : (shape[axis] ?? 1);
        }
        let base = 2;
        const signed = strides.map((step, axis) => {
          if (!flips[axis]) return step;
          base += step * ((shape[axis] ?? 1) - 1);
          return -step;
        });
        const next = random(seed);
        const data = Float64Array.from({ length: 2 + gap * elementCount(shape) }, next);
        expectSame(data, base, shape, signed);
      }),
      seeded(300),
    );
  });

  test.each([
    ['C order', [4, 5], [5, 1]],
    ['Fortran order', [4, 5], [1, 4]],
    ['one of three interleaved channels', [4, 5], [15, 3]],
    ['upside down', [4, 5], [-5, 1]],
    ['mirrored', [4, 5], [5, -1]],
    ['turned half round', [4, 5], [-5, -1]],
    ['a window of a wider picture', [4, 5], [9, 1]],
    ['an axis of length 1 with any stride', [4, 1, 5], [5, 77, 1]],
    ['one row repeated', [4, 5], [0, 1]],
    ['one column repeated', [4, 5], [1, 0]],
    ['one value everywhere', [4, 5], [0, 0]],
    ['a volume with its first axis last', [3, 4, 5], [1, 15, 3]],
  ])('reads %s', (_, shape, strides) => {
    const base = strides.reduce((sum, step, axis) => sum + (step < 0 ? -step * ((shape[axis] ?? 1) - 1) : 0), 1);
    const data = Float64Array.from({ length: 128 }, (_, k) => k);
    expectSame(data, base, shape, strides);
  });

  test.each([
    ['uint8', Uint8Array.from([1, 2, 3, 4])],
    ['int16', Int16Array.from([-1, 2, -3, 4])],
    ['float32', Float32Array.from([0.1, 0.2, 0.3, 0.4])],
    ['plain array', [9, 8, 7, 6]],
  ])('widens %s without changing a value', (_, data) => {
    expectSame(data, 0, [2, 2], [2, 1]);
    expectSame(data, 0, [2, 2], [1, 2]);
  });
});

describe('the stride of a plane that is one line', () => {
  test.each([
    [[4, 5], [5, 1], 1],
    [[4, 5], [15, 3], 3],
    [[4, 5], [-5, -1], -1],
    [[1, 5], [99, 2], 2],
    [[1, 1], [3, 4], 1],
    [[4, 5], [1, 4], 0],
    [[4, 5], [9, 1], 0],
    [[4, 5], [5, -1], 0],
    [[4, 5], [0, 1], 0],
    [[4, 5], [1, 0], 0],
  ])('of shape %j with strides %j is %d', (shape, strides, want) => {
    expect(lineStride(shape, strides)).toBe(want);
  });
});
