import { describe, expect, test } from 'vitest';
import { deepSupervisionWeights } from '../../src/index.ts';

describe('weights of the outputs of a deeply supervised network', () => {
  test('nnU-Net halves them, drops the last and divides by the sum', () => {
    expect(deepSupervisionWeights(3)).toEqual([2 / 3, 1 / 3, 0]);
    expect(deepSupervisionWeights(5)).toEqual([8 / 15, 4 / 15, 2 / 15, 1 / 15, 0]);
  });

  test('MONAI halves them down to 1/16 and divides by nothing', () => {
    expect(deepSupervisionWeights(5, 'monai').reduce((a, b) => a + b)).toBe(1.9375);
    expect(deepSupervisionWeights(6, 'monai').slice(-2)).toEqual([1 / 16, 1 / 16]);
  });

  test('one output is the loss itself', () => {
    expect(deepSupervisionWeights(1)).toEqual([1]);
    expect(deepSupervisionWeights(1, 'monai')).toEqual([1]);
  });

  test('no output, or half of one, is refused', () => {
    for (const levels of [0, 1.5, Number.NaN]) expect(() => deepSupervisionWeights(levels)).toThrow(RangeError);
  });
});
