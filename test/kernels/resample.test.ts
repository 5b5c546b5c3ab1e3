import { expect, test } from 'vitest';
import { resampleAxis } from '../../src/kernels/index.ts';

test('twice as many values lie at quarters, held at the ends', () => {
  expect([...resampleAxis([0, 4, 8], 1, 3, 1, 6)]).toEqual([0, 1, 3, 5, 7, 8]);
});

test('half as many values lie between two each', () => {
  expect([...resampleAxis([0, 4, 8, 10], 1, 4, 1, 2)]).toEqual([2, 9]);
});

test('an axis in the middle of a block is resampled for each row and column', () => {
  const block = [1, 2, 3, 4, /* */ 5, 6, 7, 8];
  expect([...resampleAxis(block, 2, 2, 2, 4)]).toEqual([
    1, 2, 1.5, 2.5, 2.5, 3.5, 3, 4, 5, 6, 5.5, 6.5, 6.5, 7.5, 7, 8,
  ]);
});

test('the same size changes nothing, and one value fills an axis', () => {
  expect([...resampleAxis([3, 1, 2], 1, 3, 1, 3)]).toEqual([3, 1, 2]);
  expect([...resampleAxis([3], 1, 1, 1, 4)]).toEqual([3, 3, 3, 3]);
});
