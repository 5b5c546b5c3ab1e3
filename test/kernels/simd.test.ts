import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { openWorkspace } from '../../src/kernels/index.ts';

const channels = 3;
const count = 21;
const stride = 32;

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
function read(x: ArrayLike<number>, rows = channels): number[] {
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
function agree(name: string, run: (tile: TileArrays) => readonly number[], tolerance: number, scale = 1): void {
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

const softmaxOf = (tile: TileArrays): TileArrays => {
  kernel.softmax(tile.z, tile.p, tile.top, tile.logSum, channels, stride, count);
  return tile;
};
const sigmoidOf = ({ z, p, up, down }: TileArrays): void =>
  kernel.sigmoidWithLogs(z, p, up, down, channels, stride, count);
const curves: Record<string, kernel.CurveNumbers> = {
  logarithm: { gamma: 0, clip: 0, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'floored logarithm': { gamma: 0, clip: 0, logFloor: -100, code: { id: 0, a: 0, b: 0 } },
  'clipped logarithm': { gamma: 0, clip: 1e-3, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'focal curve': { gamma: 2, clip: 0, logFloor: -Infinity, code: { id: 1, a: 2, b: 0 } },
  'focal curve with a broken power': { gamma: 1.5, clip: 0, logFloor: -Infinity, code: { id: 1, a: 1.5, b: 0 } },
  hinge: { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.hinge(1, 1), code: { id: 2, a: 1, b: 1 } },
  'poly curve': { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.poly(1), code: { id: 4, a: 1, b: 0 } },
};

describe('the SIMD kernels give what the scalar ones give', () => {
  agree('softmax', (tile) => read(softmaxOf(tile).p), 1e-6, 1e-3);
  // The double kernel knows the sum to 16 digits after the point alone.
  agree('ln of the sum of a softmax', (tile) => read(softmaxOf(tile).logSum, 1), 1e-6, 1e-9);
  agree(
    '-ln p of every channel',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      return read(tile.out);
    },
    1e-6,
  );
  agree(
    '-ln p of the labelled class',
    (tile) => {
      softmaxOf(tile);
      kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
      return read(tile.row, 1);
    },
    1e-6,
  );
  agree(
    'sigmoid',
    ({ z, p }) => {
      kernel.sigmoid(z, p, channels, stride, count);
      return read(p);
    },
    1e-6,
    1e-37,
  );
  agree(
    '-ln of a sigmoid',
    (tile) => {
      sigmoidOf(tile);
      return [...read(tile.up), ...read(tile.down)];
    },
    1e-6,
    1e-37,
  );
  agree(
    'exp, up to the largest single',
    ({ z, out }) => {
      for (let k = 0; k < z.length; k++) z[k] = Math.min(z[k] ?? 0, 80);
      kernel.exp(z, out, channels, stride, count);
      return read(out);
    },
    1e-5,
    1e-37,
  );
  agree(
    'ln p and ln(1 - p) of probabilities as they are',
    (tile) => {
      sigmoidOf(tile);
      for (let k = 0; k < tile.p.length; k++) tile.p[k] = Math.fround(Math.round((tile.p[k] ?? 0) * 256) / 256);
      kernel.negLog(tile.p, tile.up, channels, stride, count);
      kernel.negLogComplement(tile.p, tile.down, channels, stride, count);
      return [...read(tile.up), ...read(tile.down)];
    },
    1e-6,
    1e-30,
  );
  agree(
    'the gradient through a softmax',
    (tile) => {
      softmaxOf(tile);
      tile.out.set(tile.z);
      for (let k = 0; k < tile.out.length; k++) tile.out[k] = Math.max(-20, Math.min(20, tile.out[k] ?? 0));
      kernel.softmaxBackward(tile.out, tile.p, tile.row, channels, stride, count);
      return read(tile.out);
    },
    1e-5,
  );
  agree(
    'the gradient through a sigmoid',
    (tile) => {
      sigmoidOf(tile);
      tile.out.fill(3);
      kernel.sigmoidBackward(tile.out, tile.p, channels, stride, count);
      return read(tile.out);
    },
    1e-6,
  );
  agree(
    'the sums of the overlap',
    (tile) => {
      softmaxOf(tile);
      const [sums, ignored, totals] = [8 * channels, 2 * channels, 2 * channels + 1].map((n) => new Float64Array(n));
      if (sums === undefined || ignored === undefined || totals === undefined) return [];
      kernel.overlap(tile.p, tile.ids, null, sums, ignored, totals, channels, stride, count);
      return [...sums, ...ignored, ...totals];
    },
    1e-6,
  );
  agree(
    'the sums of the overlap with soft targets',
    (tile) => {
      sigmoidOf(tile);
      for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 5) / 4;
      const [sums, ignored, totals] = [8 * channels, 2 * channels, 2 * channels + 1].map((n) => new Float64Array(n));
      if (sums === undefined || ignored === undefined || totals === undefined) return [];
      kernel.overlap(tile.p, tile.ids, tile.out, sums, ignored, totals, channels, stride, count);
      return [...sums, ...ignored, ...totals];
    },
    1e-6,
  );
  agree(
    'the confusion matrix',
    ({ z, ids }) => {
      const matrix = new Float64Array(channels ** 2);
      kernel.confusion(z, ids, matrix, channels, stride, count);
      return [...matrix];
    },
    0,
  );
  agree(
    'the soft confusion matrix',
    (tile) => {
      softmaxOf(tile);
      const [mass, counts] = [new Float64Array(channels ** 2), new Float64Array(channels)];
      kernel.classMass(tile.p, tile.ids, null, mass, counts, channels, stride, count);
      return [...mass, ...counts];
    },
    1e-6,
  );
  for (const [name, curve] of Object.entries(curves)) {
    agree(
      `the sums of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        const sums = new Float64Array(4 * channels);
        kernel.sumElements(tile.up, tile.down, tile.ids, null, curve, sums, channels, stride, count);
        return [...sums];
      },
      2e-6,
    );
    agree(
      `the two sides of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 3) / 2;
        const [sums, weights] = [new Float64Array(2), new Float64Array(2)];
        const map = Float64Array.from({ length: count + 2 }, (_, k) => k / 4);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, map, 2, sums, weights, count);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, null, 0, sums, weights, count);
        return [...sums, ...weights];
      },
      2e-6,
    );
    if (name === 'hinge') continue;
    agree(
      `the loss of every pixel under a ${name}`,
      (tile) => {
        softmaxOf(tile);
        kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
        const losses = tile.out.subarray(0, stride) as kernel.Reals;
        kernel.pixelLosses(tile.row, tile.ids, null, curve, losses, count);
        return [...losses.subarray(0, count)];
      },
      1e-5,
    );
  }
  for (const [name, pair] of Object.entries({
    square: kernel.square,
    absolute: kernel.absolute,
    Huber: kernel.huber(0.3),
    'Jensen-Shannon': kernel.jensenShannon,
  })) {
    agree(
      `the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        const sums = new Float64Array(2 * channels);
        kernel.sumPairs(tile.p, tile.ids, null, pair, sums, channels, stride, count);
        return [...sums];
      },
      1e-6,
    );
    agree(
      `the gradient of the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        // Next to a jump of the slope singles may fall on the other side of it.
        for (let k = 0; k < tile.p.length; k++) tile.p[k] = (Math.round((tile.p[k] ?? 0) * 8) + 0.25) / 9;
        tile.out.fill(0);
        kernel.pairGradient(tile.p, tile.ids, null, pair, Float64Array.of(1, 2, 3), tile.out, channels, stride, count);
        return read(tile.out);
      },
      1e-5,
    );
  }
  agree(
    'the multi-class hinge',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      const [sums, counts] = [new Float64Array(channels), new Float64Array(channels)];
      const numbers = { id: 'others', margin: 1, power: 2 } as const;
      kernel.sumMargins(tile.out, tile.ids, numbers, sums, counts, channels, stride, count);
      return [...sums, ...counts];
    },
    2e-6,
  );
  agree(
    'the facts of the values',
    ({ z, space }) => {
      const facts = {
        finite: 0,
        nan: 0,
        positiveInfinity: 0,
        negativeInfinity: 0,
        min: Infinity,
        max: -Infinity,
        outside: 0,
        zeros: 0,
        integers: 0,
        huge: 0,
        above070: 0,
        below051: 0,
      };
      const [absolute, moments] = [space.integers(kernel.absoluteBins), new Float64Array(2)];
      absolute.fill(0);
      z[3] = Number.NaN;
      z[7] = Infinity;
      z[8] = -Infinity;
      kernel.valueFacts(z, 0, count, 0.5, facts, absolute, moments);
      return [...Object.values(facts), ...absolute, ...moments];
    },
    1e-5,
  );
  agree(
    'the summary of a gradient',
    ({ z, ids }) => {
      const summary = new Float64Array(kernel.gradientColumns + channels + 1);
      kernel.summariseGradient(z, ids, false, summary, channels, stride, count);
      return [...summary];
    },
    1e-6,
  );
});

test('softmax does not lose its order at the extremes', () => {
  const z = Float32Array.from({ length: 4096 }, (_, k) => (k - 2048) * 5);
  const space = openWorkspace('single');
  const [x, p, up, down] = [0, 1, 2, 3].map(() => space.reals(4096)) as [
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
    kernel.Reals,
  ];
  x.set(z);
  kernel.sigmoidWithLogs(x, p, up, down, 1, 4096, 4096);
  for (let k = 1; k < 4096; k++) {
    expect((p[k] ?? 0) >= (p[k - 1] ?? 0)).toBe(true);
    expect((up[k] ?? 0) <= (up[k - 1] ?? 0)).toBe(true);
    expect((down[k] ?? 0) >= (down[k - 1] ?? 0)).toBe(true);
  }
  space.close();
});

test('when the memory of the SIMD kernels is full, plain arrays take over', () => {
  const space = openWorkspace('single');
  const large = space.reals(2 ** 24);
  const more = space.reals(64);
  more.fill(1);
  kernel.exp(more, more, 1, 64, 64);
  expect(large.length).toBe(2 ** 24);
  expect(more[5]).toBeCloseTo(Math.E, 6);
  space.close();
});
