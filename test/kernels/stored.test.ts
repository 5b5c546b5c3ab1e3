import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contiguousStrides, elementCount, type NumericData, type StoredNumbers } from '../../src/core/index.ts';
import { gather, numberAt, type Plane, sumAlongAxis } from '../../src/kernels/index.ts';
import { tileLength } from '../../src/measure/case.ts';

/** Numbers in memory that are handed out as a file hands them out, and how often it was asked. */
function asStored(data: Float32Array): StoredNumbers & { reads: number; numbers: number } {
  return {
    reads: 0,
    numbers: 0,
    length: data.length,
    room: (length) => new Float32Array(length),
    fits: (out) => out instanceof Float32Array,
    read(from: number, count: number, out: NumericData, at: number) {
      if (!(from >= 0 && from + count <= data.length)) throw new Error(`numbers ${from} to ${from + count}`);
      out.set(data.subarray(from, from + count), at);
      this.reads++;
      this.numbers += count;
    },
  };
}

interface Image {
  readonly channels: number;
  readonly shape: readonly number[];
  /** Axes from the slowest in the file to the fastest; 0 is the channel. */
  readonly order: readonly number[];
  readonly flips?: readonly boolean[];
}

/** The planes of an image whose axes lie in some order. */
function planesOf({ channels, shape, order, flips = [] }: Image, data: Plane['data']): Plane[] {
  const lengths = [channels, ...shape];
  const packed = contiguousStrides(order.map((axis) => lengths[axis] ?? 1));
  const strides: number[] = [];
  order.forEach((axis, k) => {
    strides[axis] = packed[k] ?? 0;
  });
  const [stride = 0, ...own] = strides;
  const first = own.reduce((at, step, axis) => at + (flips[axis] ? step * ((shape[axis] ?? 1) - 1) : 0), 0);
  return Array.from({ length: channels }, (_, c) => ({
    data,
    base: first + c * stride,
    shape,
    strides: own.map((step, axis) => (flips[axis] ? -step : step)),
    among: { first, axes: [{ length: channels, stride }], at: c },
  }));
}

/** Reads an image as a sweep does, tile by tile and channel by channel, from memory and from the file. */
function sweep(image: Image, tile: number) {
  const pixels = elementCount(image.shape);
  const data = Float32Array.from({ length: pixels * image.channels }, (_, i) => i);
  const stored = asStored(data);
  const [here, there] = [planesOf(image, data), planesOf(image, stored)];
  const [want, got] = [new Float64Array(tile), new Float64Array(tile)];
  let different = 0;
  for (let start = 0; start < pixels; start += tile) {
    const count = Math.min(tile, pixels - start);
    for (let c = 0; c < image.channels; c++) {
      gather(here[c] as Plane, start, count, want, 0);
      gather(there[c] as Plane, start, count, got, 0);
      for (let i = 0; i < count; i++) if (want[i] !== got[i]) different++;
    }
  }
  return { different, passes: stored.numbers / data.length, reads: stored.reads };
}

const anyImage = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    channels: fc.integer({ min: 1, max: 4 }),
    shape: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: rank, maxLength: rank }),
    order: fc.shuffledSubarray(
      Array.from({ length: rank + 1 }, (_, axis) => axis),
      { minLength: rank + 1 },
    ),
    flips: fc.array(fc.boolean(), { minLength: rank, maxLength: rank }),
  }),
);

describe('numbers that stay in a file', () => {
  test('are those in memory, for any order of the axes, any flips and any tiles', () => {
    fc.assert(
      fc.property(anyImage, fc.integer({ min: 1, max: 50 }), (image, tile) => {
        expect(sweep(image, tile).different).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test.each<[string, Image, number, number]>([
    ['channels first', { channels: 19, shape: [300, 400], order: [0, 1, 2] }, 1, 200],
    ['channels last', { channels: 19, shape: [300, 400], order: [1, 2, 0] }, 1, 200],
    ['more channels than a tile has pixels', { channels: 600, shape: [60, 64], order: [0, 1, 2] }, 1, 4000],
    ['Fortran order', { channels: 3, shape: [900, 800], order: [2, 1, 0] }, 3, 4000],
    ['a volume in Fortran order', { channels: 2, shape: [90, 100, 110], order: [3, 2, 1, 0] }, 3, 200],
    [
      'a volume on its side',
      { channels: 1, shape: [90, 100, 110], order: [0, 2, 3, 1], flips: [true, false, true] },
      3,
      200,
    ],
    ['a mirror image', { channels: 1, shape: [900, 800], order: [0, 1, 2], flips: [false, true] }, 1, 100],
    ['rows wider than a window', { channels: 1, shape: [2, 700_000], order: [0, 1, 2] }, 1, 100],
  ])('%s: a sweep is a few large reads', (_, image, passes, reads) => {
    const found = sweep(image, tileLength(image.channels));
    expect(found.different).toBe(0);
    expect(found.passes).toBeLessThanOrEqual(passes);
    expect(found.reads).toBeLessThanOrEqual(reads);
  });

  test('long runs of pixels that lie side by side are read straight into an array of their type', () => {
    const data = Float32Array.from({ length: 2 * 20_000 }, (_, i) => i);
    const stored = asStored(data);
    const [, plane] = planesOf({ channels: 2, shape: [100, 200], order: [0, 1, 2] }, stored);
    const out = new Float32Array(8192 + 3);
    gather(plane as Plane, 10, 8192, out, 3);
    expect(stored).toMatchObject({ reads: 1, numbers: 8192 });
    expect(out.subarray(3)).toEqual(data.subarray(20_010, 20_010 + 8192));
  });

  test('images that lie among each other are read together, once, when their tiles take turns', () => {
    const [images, channels, shape] = [5, 3, [60, 700]] as const;
    const data = Float32Array.from({ length: images * channels * 42_000 }, (_, i) => i);
    const stored = asStored(data);
    const strides = [images * channels * 60, images * channels].toReversed();
    const axes = [
      { length: images, stride: 1 },
      { length: channels, stride: images },
    ];
    const [want, got] = [new Float32Array(4000), new Float32Array(4000)];
    let different = 0;
    for (let start = 0; start < 42_000; start += 4000) {
      for (let at = 0; at < images * channels; at++) {
        const base = Math.floor(at / channels) + images * (at % channels);
        const count = Math.min(4000, 42_000 - start);
        gather({ data, base, shape, strides }, start, count, want, 0);
        gather({ data: stored, base, shape, strides, among: { first: 0, axes, at } }, start, count, got, 0);
        different += want.findIndex((value, i) => value !== got[i]) + 1;
      }
    }
    expect(different).toBe(0);
    expect(stored.numbers).toBe(data.length);
  });

  test('several turns of one image at a time do not take each other’s place', () => {
    const data = Float32Array.from({ length: 600_000 }, (_, i) => i);
    const stored = asStored(data);
    const turns = [
      planesOf({ channels: 1, shape: [1000, 600], order: [0, 1, 2] }, stored),
      planesOf({ channels: 1, shape: [600, 1000], order: [0, 2, 1] }, stored),
    ].flat();
    const out = new Float64Array(500);
    for (let start = 0; start < 600_000; start += 500) for (const turn of turns) gather(turn, start, 500, out, 0);
    expect(stored.numbers).toBeLessThanOrEqual(3 * data.length);
  });

  test('one number is looked up wherever it is', () => {
    const data = Float32Array.of(4, 5, 6);
    for (const from of [data, asStored(data)]) {
      expect([-1, 0, 2, 3].map((index) => numberAt(from, index))).toEqual([0, 4, 6, 0]);
    }
  });
});

test('sums along an axis are the same whatever the runs', () => {
  const values = Float64Array.from({ length: 60 }, (_, i) => i * i);
  for (const [length, inner] of [
    [3, 20],
    [4, 5],
    [5, 1],
  ] as const) {
    const whole = new Float64Array(60 / length);
    values.forEach((value, i) => {
      const group = Math.floor(i / (length * inner)) * inner + (i % inner);
      whole[group] = (whole[group] ?? 0) + value;
    });
    for (const run of [1, 7, 60]) {
      const sums = new Float64Array(60 / length);
      for (let start = 0; start < 60; start += run)
        sumAlongAxis(values.subarray(start, start + run), start, length, inner, sums);
      expect(sums).toEqual(whole);
    }
  }
});
