import { describe, expect, test } from 'vitest';
import { penalty, squaredDistances } from '../../src/kernels/index.ts';
import { agree } from '../_arrays.ts';
import { arrayOf, inputOf, reference } from '../losses/_reference.ts';

const plain = { plus: 0, normalise: false, inverse: false, clip: Infinity };

/** Weights of a one-dimensional map of labels. */
function weights(labels: readonly number[], numbers: Partial<typeof plain> = {}): number[] {
  const ids = Int32Array.from(labels);
  const map = squaredDistances(ids, [labels.length], [1]);
  penalty(map, ids, Math.max(...labels) + 1, { ...plain, ...numbers });
  return [...map];
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
      const map = squaredDistances(
        labels,
        spatial,
        spatial.map(() => 1),
      );
      penalty(map, labels, Math.max(2, classes), { ...plain, normalise: normalise === 'max' });
      values.push(...map);
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
