import { describe, expect, test } from 'vitest';
import {
  openWorkspace,
  penaltyRows,
  penaltyWeights,
  squaredDistances,
  squareRanges,
  sumPenalty,
  sumWeighed,
} from '../../src/kernels/index.ts';
import * as scalar from '../../src/kernels/scalar/penalty.ts';
import { agree, random } from '../_arrays.ts';
import { arrayOf, inputOf, reference } from '../losses/_reference.ts';

const plain = { plus: 0, normalise: false, inverse: false, clip: Infinity };

/** Weights of a one-dimensional map of labels. */
function weights(labels: readonly number[], numbers: Partial<typeof plain> = {}): number[] {
  const ids = Int32Array.from(labels);
  return [...mapOf(ids, [labels.length], Math.max(...labels) + 1, { ...plain, ...numbers })];
}

function mapOf(ids: Int32Array, shape: readonly number[], rows: number, numbers: typeof plain): Float64Array {
  const squared = squaredDistances(
    ids,
    shape,
    shape.map(() => 1),
  );
  const out = new Float64Array(ids.length);
  penaltyWeights(squared, 0, ids, penaltyRows(squareRanges(squared, ids, rows), numbers), numbers, out, ids.length);
  return out;
}

describe('the penalty map of the reference', () => {
  const rows = reference.maps.filter(({ map }) => map === 'penalty');

  test.each(rows)('on $input, normalised by $normalise', async ({ input, normalise, sum, max, head }) => {
    const { mask_shape: shape, ignore_index: ignored, classes } = inputOf(input);
    const mask = await arrayOf(input, 'mask');
    const spatial = shape.length > 2 && inputOf(input).layout.startsWith('N') ? shape.slice(1) : shape;
    const pixels = spatial.reduce((a, b) => a * b, 1);
    const values: number[] = [];
    for (let start = 0; start < mask.data.length; start += pixels) {
      const labels = Int32Array.from(mask.data.subarray(start, start + pixels), (y) => (y === ignored ? -1 : y));
      values.push(...mapOf(labels, spatial, Math.max(2, classes), { ...plain, normalise: normalise === 'max' }));
    }
    const total = values.reduce((a, b) => a + b, 0);
    expect(agree(total, sum, 1e-12), `${total} not ${sum}`).toBe(true);
    expect(agree(Math.max(...values), max, 1e-12)).toBe(true);
    expect(values.slice(0, head.length).map((value, k) => agree(value, head[k] ?? -1, 1e-12))).toEqual(
      head.map(() => true),
    );
  });
});

describe('penalty', () => {
  test('is 0 at the deepest pixel of a region and largest next to its boundary', () => {
    expect(weights([0, 0, 0, 0, 1, 1])).toEqual([0, 1, 2, 3, 1, 0]);
  });

  test('divided by its largest value per class reaches 1 in every class', () => {
    expect(weights([0, 0, 0, 0, 1, 1], { normalise: true })).toEqual([0, 1 / 3, 2 / 3, 1, 1, 0]);
  });

  test('adds the constant after everything else', () => {
    expect(weights([0, 0, 0, 0, 1, 1], { normalise: true, plus: 1 })).toEqual(
      [0, 1 / 3, 2 / 3, 1, 1, 0].map((r) => 1 + r),
    );
    expect(weights([0, 0, 0, 0, 1, 1], { plus: 1, clip: 1 })).toEqual([1, 2, 2, 2, 2, 1]);
  });

  test('inverted is 1/d', () => {
    expect(weights([0, 0, 0, 0, 1, 1], { inverse: true })).toEqual([1 / 4, 1 / 3, 1 / 2, 1, 1, 1 / 2]);
    expect(weights([0, 0, 0, 1], { inverse: true, normalise: true })).toEqual([1 / 3, 1 / 2, 1, 1]);
  });

  test('of an image with one label is nothing but the constant', () => {
    for (const numbers of [{}, { normalise: true }, { inverse: true }, { inverse: true, normalise: true }]) {
      expect(weights([1, 1, 1], { ...numbers, plus: 1 })).toEqual([1, 1, 1]);
    }
  });

  test('of a class whose pixels are all equally deep is nothing but the constant', () => {
    expect(weights([0, 1, 0, 1], { normalise: true, plus: 1 })).toEqual([1, 1, 1, 1]);
  });

  test('of an ignored pixel is 0, constant or not, and it is a boundary to its neighbours', () => {
    expect(weights([0, 0, -1, 0, 1], { plus: 1 })).toEqual([1, 2, 0, 2, 1]);
  });

  test('of a label that is no class is 0', () => {
    expect(weights([-2, 0, 0], { plus: 1 })).toEqual([0, 2, 1]);
  });
});

describe('the SIMD kernels of the penalty', () => {
  const next = random(3);
  const size = 20_011;
  let label = 0;
  const labels = Int8Array.from({ length: size }, () => {
    if (next() < 0.1) label = Math.floor(next() * 6) - 2;
    return label;
  });
  const squared = Float32Array.from({ length: size }, () => (next() < 0.01 ? Infinity : Math.floor(next() * 400)));
  const doubles = Float64Array.from(squared);
  const variants = [
    plain,
    { ...plain, plus: 1, normalise: true },
    { ...plain, inverse: true, clip: 0.2 },
    { ...plain, inverse: true, normalise: true, plus: 1 },
  ];

  test('find the ranges and the sums of the scalar ones, to the last bit', () => {
    const ranges = squareRanges(squared, labels, 4);
    expect(ranges).toEqual(scalar.squareRanges(doubles, labels, 4));
    for (const numbers of variants) {
      const table = penaltyRows(ranges, numbers);
      expect(sumPenalty(squared, labels, table, numbers)).toEqual(scalar.sumPenalty(doubles, labels, table, numbers));
    }
  });

  test('weigh the pixels of a tile, and their losses, as the scalar ones do', () => {
    const space = openWorkspace('single');
    const [count, start] = [1021, 77];
    const [out, losses, rows] = [space.reals(1024), space.reals(1024), space.integers(1024)];
    rows.fill(-(2 ** 31)).set(labels.subarray(start, start + count));
    losses.set(Float32Array.from({ length: count }, (_, i) => (i % 50 === 0 ? 1e30 : next())));
    for (const numbers of variants) {
      const table = penaltyRows(squareRanges(squared, labels, 4), numbers);
      const want = new Float64Array(1024);
      scalar.penaltyWeights(doubles, start, rows, table, numbers, want, count);
      penaltyWeights(squared, start, rows, table, numbers, out, count);
      expect([...out.subarray(0, count)].every((w, i) => Math.abs(w - (want[i] ?? 0)) <= 1e-5)).toBe(true);
      const [sums, totals, ours, all] = Array.from({ length: 4 }, () => new Float64Array(4)) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      scalar.sumWeighed(losses, rows, out, sums, totals, count);
      sumWeighed(losses, rows, out, ours, all, count);
      expect([...ours, ...all].every((sum, i) => agree(sum, [...sums, ...totals][i] ?? 0, 1e-12))).toBe(true);
    }
    space.close();
  });

  test('let a weight of 0 cancel an infinite loss', () => {
    const space = openWorkspace('single');
    const [losses, weights, rows] = [space.reals(4).fill(Infinity), space.reals(4), space.integers(4)];
    const [sums, totals] = [new Float64Array(1), new Float64Array(1)];
    sumWeighed(losses, rows, weights, sums, totals, 4);
    expect([...sums, ...totals]).toEqual([0, 0]);
    space.close();
  });
});
