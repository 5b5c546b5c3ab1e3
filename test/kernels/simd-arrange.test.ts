import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatherInterleaved, openWorkspace, type Plane, transpose, widenHalf } from '../../src/kernels/index.ts';
import { widenHalf as scalarWiden } from '../../src/kernels/scalar/half.ts';
import { transpose as scalarTranspose } from '../../src/kernels/scalar/transpose.ts';
import { random, seeded } from '../_arrays.ts';

test('the SIMD module turns rows into columns as the scalar kernel does, for any number of either', () => {
  const sizes = fc.record({
    rows: fc.integer({ min: 0, max: 23 }),
    columns: fc.integer({ min: 1, max: 23 }),
    apart: fc.integer({ min: 0, max: 3 }),
    seed: fc.integer(),
  });
  fc.assert(
    fc.property(sizes, ({ rows, columns, apart, seed }) => {
      const [width, stride] = [columns + apart, rows + apart];
      const space = openWorkspace('single');
      const from = space.reals(rows * width + 4);
      const out = space.reals(columns * stride + 4).fill(7);
      from.set(Float32Array.from(from, random(seed)));
      const want = new Float32Array(out);
      transpose(from, width, out, stride, rows, columns);
      scalarTranspose(from, width, want, stride, rows, columns);
      expect([...out]).toEqual([...want]);
      space.close();
    }),
    seeded(300),
  );
});

test('the SIMD module gives every float16 code the number that the scalar kernel gives it', () => {
  const codes = Uint16Array.from({ length: 65_536 }, (_, code) => code);
  const [own, want] = [new Float32Array(65_536), new Float32Array(65_536)];
  widenHalf(codes, own);
  scalarWiden(codes, want);
  expect([...codes].filter((code) => !Object.is(own[code], want[code]))).toEqual([]);
});

test('float16 codes are turned into numbers where they lie, in the memory of the module and out of it', () => {
  for (const count of [0, 1, 7, 8, 9, 16, 31, 40_001]) {
    const codes = Uint16Array.from({ length: count }, (_, i) => (i * 7919) & 0xffff);
    const want = new Float32Array(count);
    scalarWiden(codes, want);
    const space = openWorkspace('single');
    for (const out of [space.reals(count + 1), new Float32Array(count + 1)] as Float32Array[]) {
      const upper = new Uint16Array(out.buffer, out.byteOffset + 2 * count, count);
      upper.set(codes);
      widenHalf(upper, out.subarray(0, count));
      expect(out.subarray(0, count)).toEqual(want);
      expect(out[count]).toBe(0);
    }
    space.close();
  }
});

test('pixels that lie one after the other are taken apart by channel; others are left to the general way', () => {
  const [channels, pixels, stride] = [5, 60, 64];
  const data = Float32Array.from({ length: 3 + channels * pixels }, (_, k) => k);
  const image = (shape: readonly number[], strides: readonly number[], stride = 1): Plane => ({
    data,
    base: 3,
    shape,
    strides,
    among: { first: 3, axes: [{ length: channels, stride }], at: 0 },
  });
  const space = openWorkspace('single');
  const out = space.reals(channels * stride);
  expect(gatherInterleaved(image([6, 10], [50, 5]), 7, 41, out, stride)).toBe(true);
  for (let c = 0; c < channels; c++) {
    expect([...out.subarray(c * stride, c * stride + 41)]).toEqual(
      Array.from({ length: 41 }, (_, i) => 3 + (7 + i) * channels + c),
    );
  }
  expect(gatherInterleaved(image([6, 10], [5, 30]), 0, 10, out, stride)).toBe(false);
  expect(gatherInterleaved(image([6, 10], [10, 1], 60), 0, 10, out, stride)).toBe(false);
  expect(gatherInterleaved(image([6, 10], [50, 5]), 0, 10, new Float64Array(320), stride)).toBe(false);
  space.close();
});
