import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binaryRows, countBytes, mapBytes, openWorkspace } from '../../src/kernels/index.ts';
import * as scalar from '../../src/kernels/scalar/bytes.ts';
import { binaryRows as scalarRows } from '../../src/kernels/scalar/labels.ts';

/** Runs of the same byte and bytes of all kinds, of any length, from any address. */
const masks = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 9 })), { maxLength: 40 }),
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([runs, offset]) => {
    const bytes = runs.flatMap(([byte, times]) => new Array<number>(times).fill(byte));
    return Uint8Array.from([...new Array<number>(offset).fill(9), ...bytes]).subarray(offset);
  });

test('the SIMD module counts bytes as the scalar kernel does, also more than it takes at a time', () => {
  const check = (bytes: Uint8Array): void => {
    const [own, want] = [new Float64Array(256).fill(1), new Float64Array(256).fill(1)];
    countBytes(bytes, own);
    scalar.countBytes(bytes, want);
    expect(own).toEqual(want);
  };
  fc.assert(fc.property(masks, check));
  check(Uint8Array.from({ length: 150_001 }, (_, i) => (i * i) >> 7));
});

test('the SIMD module looks bytes up as the scalar kernel does, for labels and for values', () => {
  fc.assert(
    fc.property(masks, (given) => {
      const bytes = given.slice();
      const space = openWorkspace('single');
      const labels = space.integers(bytes.length + 1).fill(7);
      const values = space.reals(bytes.length + 1).fill(7);
      const table = Float64Array.from({ length: 256 }, (_, byte) => (byte === 3 ? Number.NaN : byte / 256));
      const classes = Int32Array.from({ length: 256 }, (_, byte) => 100 - byte);
      mapBytes(bytes, classes, labels);
      mapBytes(bytes, table, values);
      const [ids, reals] = [new Int32Array(bytes.length + 1).fill(7), new Float32Array(bytes.length + 1).fill(7)];
      scalar.mapBytes(bytes, classes, ids);
      scalar.mapBytes(bytes, table, reals);
      expect([...labels]).toEqual([...ids]);
      expect([...values]).toEqual([...reals]);
      space.close();
    }),
  );
});

test('the SIMD module tells the two sides of a target apart as the scalar kernel does', () => {
  const count = 23;
  const space = openWorkspace('single');
  const [targets, labels, out] = [space.reals(40), space.integers(40), space.integers(40)];
  for (let i = 0; i < count; i++) {
    targets[i] = [0, 1, 0.5, 0.50001, Number.NaN, -1][i % 6] ?? 0;
    labels[i] = (i % 5) - 2;
  }
  binaryRows(targets, labels, out, count);
  const want = new Int32Array(count);
  scalarRows(targets, labels, want, count);
  expect([...out.subarray(0, count)]).toEqual([...want]);
  space.close();
});
