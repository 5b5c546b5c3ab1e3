import { describe, expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { confusion, kappa } from '../../src/measures/index.ts';
import { agree, measurementsOf, type Picture } from '../_arrays.ts';

const softmax = view(['softmax']);
const sigmoid = view(['sigmoid']);

describe('confusion', () => {
  test('of exclusive classes counts truth by rows', () => {
    const picture: Picture = {
      prediction: [3, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0, 5, 0],
      target: [0, 0, 1, 2, 255],
      ignore: [255],
      spatial: [1, 5],
      channels: 3,
    };
    const { matrix, truth, predicted, agreed, valid } = measurementsOf(picture).get(confusion, softmax);
    expect([...(matrix ?? [])]).toEqual([1, 1, 0, 1, 0, 0, 0, 0, 1]);
    expect([[...truth], [...predicted], [...agreed], valid]).toEqual([[2, 1, 1], [2, 1, 1], [1, 0, 1], 4]);
  });

  test('of one channel has the rows background and foreground', () => {
    const picture: Picture = {
      prediction: [-1, 1, 0, 2, -2, 3],
      target: [0, 0, 1, 1, 1, 1],
      spatial: [1, 6],
      channels: 1,
    };
    const { matrix, truth, predicted, agreed } = measurementsOf(picture).get(confusion, sigmoid);
    // p = 1/2 is background.
    expect([...(matrix ?? [])]).toEqual([1, 1, 2, 2]);
    expect([[...truth], [...predicted], [...agreed]]).toEqual([
      [2, 4],
      [3, 3],
      [1, 2],
    ]);
  });

  test('of overlapping classes keeps the channels apart', () => {
    const picture: Picture = {
      prediction: [1, 1, -1, -1, 1, -1, 1, -1],
      target: [1, 1, 1, 0, 0, 0, 1, 1],
      spatial: [1, 4],
      channels: 2,
      kind: 'multilabel',
    };
    const { matrix, truth, predicted, agreed, valid } = measurementsOf(picture).get(confusion, sigmoid);
    expect(matrix).toBeNull();
    expect([[...truth], [...predicted], [...agreed], valid]).toEqual([[3, 2], [2, 2], [2, 1], 4]);
  });

  test('does not change with the steps of the view', () => {
    const picture: Picture = { prediction: [0.1, 2, -1, 0.3, 0, 4], target: [0, 1, 0], spatial: [1, 3], channels: 2 };
    const all = measurementsOf(picture);
    expect(all.get(confusion, softmax)).toEqual(all.get(confusion, view([])));
  });
});

describe("Cohen's kappa", () => {
  test.each([
    ['perfect agreement', [3, 0, 0, 5], 1],
    ['perfect disagreement of equal classes', [0, 4, 4, 0], -1],
    ['chance', [1, 1, 2, 2], 0],
    ['the textbook example', [20, 5, 10, 15], 0.4],
    ['one class and nothing else', [7, 0, 0, 0], Number.NaN],
    ['no pixel', [0, 0, 0, 0], Number.NaN],
  ])('of %s', (_, matrix, want) => {
    const found = kappa(Float64Array.from(matrix), 2);
    expect(agree(found, want, 1e-14) || Math.abs(found - want) < 1e-15, `${found}`).toBe(true);
  });

  test('of three classes', () => {
    // Observed 6/9, by chance 3 * (3/9)^2 = 1/3.
    expect(kappa(Float64Array.from([2, 1, 0, 0, 2, 1, 1, 0, 2]), 3)).toBeCloseTo(0.5, 14);
  });
});
