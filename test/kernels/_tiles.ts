import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { openWorkspace } from '../../src/kernels/index.ts';

export const channels = 3;
export const count = 21;
export const stride = 32;

/** Arrays of a tile in the memory of the SIMD kernels, or doubles; a cell of the last group of four is never read. */
function tileOf(precision: 'single' | 'double', values: readonly number[], labels: readonly number[]) {
  const space = openWorkspace(precision);
  const whole = (): kernel.Reals => space.reals(channels * stride);
  const [z, p, up, down, out] = [whole(), whole(), whole(), whole(), whole()] as const;
  const [top, logSum, row] = [space.reals(stride), space.reals(stride), space.reals(stride)] as const;
  const ids = space.integers(stride);
  z.fill(Number.NaN);
  for (let c = 0; c < channels; c++)
    for (let i = 0; i < count; i++) z[c * stride + i] = Math.fround(values[c * count + i] ?? 0);
  for (let i = 0; i < count; i++) ids[i] = labels[i] ?? -1;
  kernel.closeRows(ids, count);
  return { space, z, p, up, down, out, top, logSum, row, ids };
}

type TileArrays = ReturnType<typeof tileOf>;

/** The values of a tile's pixels, channel by channel. */
export function read(x: ArrayLike<number>, rows = channels): number[] {
  return Array.from({ length: rows * count }, (_, k) => x[Math.floor(k / count) * stride + (k % count)] ?? Number.NaN);
}

/** Relative to the size of the number, and absolute for what is smaller than `scale`. */
function expectClose(single: readonly number[], double: readonly number[], tolerance: number, scale = 1): void {
  expect(single.length).toBe(double.length);
  double.forEach((exact, k) => {
    const ours = single[k] ?? Number.NaN;
    if (Object.is(ours, exact) || ours === exact) return;
    if (!Number.isFinite(exact)) expect(ours, `at ${k}`).toBe(exact);
    else
      expect(Math.abs(ours - exact), `at ${k}: ${ours} for ${exact}`).toBeLessThanOrEqual(
        tolerance * Math.max(scale, Math.abs(exact)),
      );
  });
}

const score = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -20, max: 20, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1e-40, -1e-40, 88, -88, 104, 1e4, -1e4) },
);
const tiles = fc.record({
  values: fc.array(score, { minLength: channels * count, maxLength: channels * count }),
  labels: fc.array(fc.integer({ min: -1, max: channels - 1 }), { minLength: count, maxLength: count }),
});

/** Runs a kernel on both kinds of arrays and compares what it leaves. */
export function agree(name: string, run: (tile: TileArrays) => readonly number[], tolerance: number, scale = 1): void {
  test(name, () => {
    fc.assert(
      fc.property(tiles, ({ values, labels }) => {
        const [single, double] = [tileOf('single', values, labels), tileOf('double', values, labels)];
        expect(single.z).toBeInstanceOf(Float32Array);
        expectClose(run(single), run(double), tolerance, scale);
        single.space.close();
      }),
    );
  });
}

export const softmaxOf = (tile: TileArrays): TileArrays => {
  kernel.softmax(tile.z, tile.p, tile.top, tile.logSum, channels, stride, count);
  return tile;
};
export const sigmoidOf = ({ z, p, up, down }: TileArrays): void =>
  kernel.sigmoidWithLogs(z, p, up, down, channels, stride, count);
