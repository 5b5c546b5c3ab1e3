import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementCount } from '../../src/core/index.ts';
import { beginDistances, finishDistances, squaredDistances as simd } from '../../src/kernels/index.ts';
import { squaredDistances as scalar } from '../../src/kernels/scalar/distance.ts';
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

type Kernel = typeof scalar;

function expectExact(
  squaredDistances: Kernel,
  labels: Int32Array,
  shape: readonly number[],
  spacing: readonly number[],
): void {
  const got = squaredDistances(labels, shape, spacing);
  const want = bruteForce(labels, shape, spacing);
  const exact = spacing.every((step) => step === 1);
  const wrong = want.flatMap((d, k) => (agree(got[k] ?? -1, d, exact ? 0 : 1e-14) ? [] : [`${k}: ${got[k]} not ${d}`]));
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
  [3, 21, 4],
  [2, 3, 2, 4],
];
const spacings = [1, 0.5, 3, 0.001, 7.25];

/** Long runs of one label, or noise; -1: ignored pixels are a label like any other. */
function labelMap(seed: number, length: number, classes: number, change: number): Int32Array {
  const next = random(seed);
  let label = -1;
  return Int32Array.from({ length }, () => {
    if (label < 0 || next() < change) label = Math.floor(next() * classes);
    return label - 1;
  });
}

describe.each([
  { name: 'SIMD', squaredDistances: simd },
  { name: 'scalar', squaredDistances: scalar },
])('the squared distance to the nearest pixel of another label, $name kernel', ({ squaredDistances }) => {
  test.each(shapes.map((shape) => ({ shape })))('is that of brute force on any map of shape $shape', ({ shape }) => {
    const runs = fc.record({
      seed: fc.integer(),
      classes: fc.integer({ min: 1, max: 5 }),
      change: fc.constantFrom(0.05, 0.3, 1),
      spacing: fc.oneof(
        fc.constant(shape.map(() => 1)),
        fc.array(fc.constantFrom(...spacings), { minLength: shape.length, maxLength: shape.length }),
      ),
    });
    fc.assert(
      fc.property(runs, ({ seed, classes, change, spacing }) => {
        const labels = labelMap(seed, elementCount(shape), classes, change);
        expectExact(squaredDistances, labels, shape, spacing);
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
      expectExact(squaredDistances, labels, shape, [2, 1, 0.7]);
    }
  });

  test('crosses a chequerboard in one step of the finest axis', () => {
    const labels = Int32Array.from({ length: 64 }, (_, k) => ((k >> 3) + k) % 2);
    expect(new Set(squaredDistances(labels, [8, 8], [3, 0.5]))).toEqual(new Set([0.25]));
  });

  test('looks past the ends of a run along the slow axis', () => {
    const labels = Int32Array.from([0, 0, 0, 1, 0, 0, 0, 0, 0]);
    expectExact(squaredDistances, labels, [3, 3], [1, 1]);
    expectExact(squaredDistances, labels, [9, 1], [1, 1]);
  });

  test('does not change when the labels are renamed', () => {
    const next = random(5);
    const labels = Int32Array.from({ length: 120 }, () => Math.floor(next() * 4));
    const renamed = labels.map((label) => 40 - 7 * label);
    expect(squaredDistances(renamed, [10, 12], [1, 1])).toEqual(squaredDistances(labels, [10, 12], [1, 1]));
  });
});

function expectSame(labels: Int32Array, shape: readonly number[], spacing: readonly number[]): void {
  const [ours, theirs] = [simd(labels, shape, spacing), scalar(labels, shape, spacing)];
  expect(ours.length).toBe(labels.length);
  expect(ours.findIndex((d, k) => !Object.is(d, theirs[k]))).toBe(-1);
}

describe('both kernels give the same numbers to the last bit', () => {
  const large: readonly (readonly number[])[] = [
    [300, 211],
    [40_000],
    [70_001, 1],
    [3, 35_003],
    [35_003, 3],
    [5, 150, 131],
    [37, 40, 50],
  ];
  test.each(large.map((shape) => ({ shape })))('on a map of shape $shape, in several slabs', ({ shape }) => {
    for (const spacing of [shape.map(() => 1), shape.map((_, axis) => [0.7, 1.3, 2.9][axis] ?? 1)]) {
      for (const change of [1e-4, 0.01, 0.5]) expectSame(labelMap(11, elementCount(shape), 6, change), shape, spacing);
    }
  });

  test('on planes that take more memory than there is at first', () => {
    expectSame(labelMap(3, 2 * 1700 * 1501, 6, 0.002), [2, 1700, 1501], [1, 2, 1]);
  });

  test('on a disk, whose envelopes are deep, and a ball', () => {
    const disk = Int32Array.from({ length: 201 * 203 }, (_, k) =>
      Number(Math.hypot(Math.floor(k / 203) - 100, (k % 203) - 90) < 88),
    );
    expectSame(disk, [201, 203], [1, 1]);
    const ball = Int32Array.from({ length: 43 ** 3 }, (_, k) => {
      const [z, y, x] = [Math.floor(k / 43 ** 2), Math.floor(k / 43) % 43, k % 43];
      return Number(Math.hypot(z - 20, y - 21, (x - 22) / 2) < 19);
    });
    expectSame(ball, [43, 43, 43], [2, 1, 0.3]);
  });

  test('where parts of lines and columns are farther from the boundary than offsets are tried', () => {
    const pond = (shape: readonly number[], radius: number): Int32Array => {
      const middle = shape.map((length) => 0.4 * length);
      return Int32Array.from({ length: elementCount(shape) }, (_, pixel) => {
        const gaps = positionOf(pixel, shape).map((at, axis) => at - (middle[axis] ?? 0));
        return Number(Math.hypot(...gaps) < radius);
      });
    };
    for (const shape of [
      [420, 411],
      [3, 330, 260],
      [230, 5, 261],
      [270, 241, 7],
    ]) {
      for (const radius of [20, 130]) expectSame(pond(shape, radius), shape, [1, 1, 1].slice(0, shape.length));
    }
  });

  test('on labels of every width, and on ids that take more than 16 bits', () => {
    const labels = labelMap(4, 37 * 41, 5, 0.1);
    const want = simd(labels, [37, 41], [1, 1]);
    expect(simd(Int8Array.from(labels), [37, 41], [1, 1])).toEqual(want);
    expect(simd(Int16Array.from(labels), [37, 41], [1, 1])).toEqual(want);
    const far = labels.map((label) => 65_536 * label);
    expect(simd(far, [37, 41], [1, 1])).toEqual(want);
  });

  test('where squares are too large or too small for a number', () => {
    for (const step of [1e200, 1e-200, 1e154, 1e-160]) {
      expectSame(labelMap(9, 30 * 30, 4, 0.02), [30, 30], [step, 1]);
      expectSame(labelMap(9, 30 * 30, 4, 0.02), [30, 30], [1, step]);
      expectSame(labelMap(9, 30 * 30, 4, 0.02), [5, 6, 30], [step, step, step]);
    }
  });

  test('where the image is empty', () => {
    expect(simd(new Int32Array(0), [0, 3], [1, 1]).length).toBe(0);
    expect(scalar(new Int32Array(0), [0, 3], [1, 1]).length).toBe(0);
  });

  test('twice in a row: nothing is left over from another image', () => {
    const [one, two] = [labelMap(1, 600, 3, 0.1), labelMap(2, 600, 3, 0.1)];
    const first = simd(one, [20, 30], [1, 1]);
    simd(two, [6, 10, 10], [1, 1, 1]);
    expect(simd(one, [20, 30], [1, 1])).toEqual(first);
  });
});

describe('distances that are finished block by block are those of the scalar kernel to the last bit', () => {
  const maps = [
    [301, 257],
    [1, 40_003],
    [37, 61, 53],
    [5, 190, 201],
    [90, 1, 1001],
  ].flatMap((shape) => [
    { shape, spacing: shape.map(() => 1) },
    { shape, spacing: [0.7, 2, 3].slice(-shape.length) },
  ]);

  test.each(maps)('shape $shape, spacing $spacing', ({ shape, spacing }) => {
    const next = random(shape.length);
    const pixels = elementCount(shape);
    const pictures = [0.5, 0.003, 0].map((change) => {
      const labels = new Int8Array(new SharedArrayBuffer(pixels));
      return labels.map((_, k) => (k === 0 || next() >= change ? 0 : Math.floor(3 * next()) - 1));
    });
    // Nothing but one label from plane to plane, until the last.
    pictures[2]?.fill(1, -3);
    const begun = pictures.map((labels) => beginDistances(labels, shape, spacing, SharedArrayBuffer));
    const parts = begun.filter((it) => it !== null);
    expect(parts.length).toBe(3);
    const blocks = parts.flatMap(({ blocks: count }, k) =>
      Array.from({ length: count }, (_, block) => k * count + block),
    );
    const told: number[] = [];
    const keep = (block: number): void => void told.push(block);
    finishDistances(parts, blocks.toReversed(), keep);
    // Once more, as by a thread that nobody waited for.
    finishDistances(parts, blocks.slice(1, 5), keep);
    expect(told).toEqual([...blocks.toReversed(), ...blocks.slice(1, 5)]);
    for (const [k, labels] of pictures.entries()) {
      const own = parts[k]?.squares;
      expect(own?.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(Buffer.compare(bytesOf(own), bytesOf(scalar(labels, shape, spacing)))).toBe(0);
    }
  });
});

function bytesOf(values: Float32Array | Float64Array | undefined): Uint8Array {
  return new Uint8Array(values?.buffer ?? new ArrayBuffer(0));
}
