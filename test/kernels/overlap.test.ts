import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlap, overlapColumns } from '../../src/kernels/index.ts';
import { agree, random, seeded } from '../_arrays.ts';

interface Sums {
  readonly sums: number[];
  readonly ignored: number[];
  readonly totals: number[];
}

function kernel(p: Float64Array, labels: Int32Array, targets: Float64Array | null, channels: number): Sums {
  const sums = new Float64Array(overlapColumns * channels);
  const ignored = new Float64Array(2 * channels);
  const totals = new Float64Array(2 * channels + 1);
  overlap(p, labels, targets, sums, ignored, totals, channels, labels.length, labels.length);
  return { sums: [...sums], ignored: [...ignored], totals: [...totals] };
}

/** The same sums, one definition after the other. */
function naive(p: Float64Array, labels: Int32Array, targets: Float64Array | null, channels: number): Sums {
  const pixels = [...labels.keys()];
  const out: Sums = { sums: [], ignored: [], totals: [] };
  const g = (c: number, i: number): number =>
    targets === null ? Number(labels[i] === c) : (targets[c * labels.length + i] ?? 0);
  const q = (c: number, i: number): number => p[c * labels.length + i] ?? 0;
  const over = (f: (i: number) => number, which: (i: number) => boolean): number =>
    pixels.filter(which).reduce((sum, i) => sum + f(i), 0);
  const valid = (i: number): boolean => (labels[i] ?? -1) >= 0;
  for (let c = 0; c < channels; c++) {
    const terms: ((i: number) => number)[] = [
      (i) => q(c, i),
      (i) => q(c, i) * g(c, i),
      (i) => q(c, i) ** 2,
      (i) => (g(c, i) - q(c, i)) ** 2 * g(c, i),
      (i) => (g(c, i) - q(c, i)) ** 2 * (1 - g(c, i)),
      (i) => (q(c, i) * g(c, i)) ** 2,
      (i) => (q(c, i) * (1 - g(c, i))) ** 2,
      (i) => ((1 - q(c, i)) * g(c, i)) ** 2,
    ];
    out.sums.push(...terms.map((term) => over(term, valid)));
    out.ignored.push(
      over(
        (i) => q(c, i),
        (i) => !valid(i),
      ),
      over(
        (i) => q(c, i) ** 2,
        (i) => !valid(i),
      ),
    );
    out.totals.push(
      over((i) => g(c, i), valid),
      over((i) => g(c, i) ** 2, valid),
    );
  }
  out.totals.push(pixels.filter(valid).length);
  return out;
}

function expectSame(got: Sums, want: Sums): void {
  for (const part of ['sums', 'ignored', 'totals'] as const) {
    expect(
      got[part].map((value, k) => agree(value, want[part][k] ?? Number.NaN, 1e-13)),
      part,
    ).toEqual(want[part].map(() => true));
  }
}

const runs = fc.record({
  seed: fc.integer(),
  channels: fc.integer({ min: 1, max: 4 }),
  count: fc.integer({ min: 1, max: 40 }),
});

describe('the sums of the overlap kernel', () => {
  test('are those of their definitions for class ids, ignored and unknown ones among them', () => {
    fc.assert(
      fc.property(runs, ({ seed, channels, count }) => {
        const next = random(seed);
        const p = Float64Array.from({ length: channels * count }, next);
        const labels = Int32Array.from({ length: count }, () => Math.floor(next() * (channels + 2)) - 2);
        expectSame(kernel(p, labels, null, channels), naive(p, labels, null, channels));
      }),
      seeded(60),
    );
  });

  test('are those of their definitions for values per channel', () => {
    fc.assert(
      fc.property(runs, ({ seed, channels, count }) => {
        const next = random(seed);
        const p = Float64Array.from({ length: channels * count }, next);
        const targets = Float64Array.from(
          { length: channels * count },
          () => [0, 1, next()][Math.floor(next() * 3)] ?? 0,
        );
        const labels = Int32Array.from({ length: count }, () => (next() < 0.2 ? -1 : 0));
        expectSame(kernel(p, labels, targets, channels), naive(p, labels, targets, channels));
      }),
      seeded(60),
    );
  });

  test('add to what is there, and stop at the count', () => {
    const sums = new Float64Array(overlapColumns).fill(1);
    const totals = new Float64Array(3).fill(1);
    overlap(Float64Array.of(0.5, 9), Int32Array.of(0, 0), null, sums, new Float64Array(2), totals, 1, 2, 1);
    expect([...sums]).toEqual([1.5, 1.5, 1.25, 1.25, 1, 1.25, 1, 1.25]);
    expect([...totals]).toEqual([2, 2, 2]);
  });
});
