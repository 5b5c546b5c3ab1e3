import { expect, test } from 'vitest';
import { weightMismatch } from '../../src/rules/weight-mismatch.ts';
import { circumstances, subject } from './_subject.ts';

function check(weights: readonly number[] | null, channels = 3) {
  return weightMismatch.check({}, subject({ channels, weights }), circumstances());
}

test.each([
  [[1, 2], 3, '2 class weights for 3 classes'],
  [[1, 2, 3, 4], 3, '4 class weights for 3 classes'],
  [[5], 1, '1 class weight for two classes'],
  [[1, 2, -1], 3, 'weight -1 for class 2'],
  [[1, Infinity, 1], 3, 'weight Infinity for class 1'],
  [[1, Number.NaN, 1], 3, 'weight NaN for class 1'],
  [[0, 0, 0], 3, 'all 3 class weights are 0'],
])('%j for %i channels: %s', (weights, channels, message) => {
  expect(check(weights, channels)).toMatchObject({ message: expect.stringContaining(message) });
});

test.each([
  [[1, 2, 3], 3],
  [[0, 0, 1], 3],
  [[1, 9], 1],
])('%j for %i channels is clear', (weights, channels) => {
  expect(check(weights, channels)).toBeUndefined();
});

test('without weights the question does not arise', () => {
  expect(check(null)).toHaveProperty('notApplicable');
});
