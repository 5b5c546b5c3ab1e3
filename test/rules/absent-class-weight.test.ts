import { expect, test } from 'vitest';
import { absentClassWeight } from '../../src/rules/absent-class-weight.ts';
import { classesOf, sumsOf } from './_counts.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

/** Pixels per class of one image; the loss with bounded weights is 0.3. */
function check(pixels: readonly number[], loss: string, weights: readonly number[] | null = null) {
  const about = subject({ channels: pixels.length, images: 1, weights });
  const sums = sumsOf([pixels.map((n) => [n, n, n] as const)]);
  const run = circumstances([evaluation(loss, about)], { retake: () => 0.3 });
  return absentClassWeight.check({ sums, classes: classesOf([pixels]) }, about, run);
}

test('one over nothing is an error, with the loss under bounded weights', () => {
  expect(check([9000, 1000, 0], 'generalized-dice:absent=keep')).toMatchObject({
    message: expect.stringContaining('class 2 has no pixel and the weight infinity'),
    effect: { what: 'absent=max', before: 0.5, after: 0.3 },
  });
  expect(check([9000, 1000, 0], 'generalized-dice:absent=keep,volume-added=1e-10')).not.toHaveProperty('severity');
});

test('absent classes with the weight of another, or none, are clear', () => {
  expect(check([9000, 1000, 0], 'generalized-dice')).toBeUndefined();
  expect(check([9000, 1000, 0], 'generalized-dice:absent=skip')).toBeUndefined();
});

test('a class that is there and weighs more than a million times another is a warning', () => {
  expect(check([10_010, 10], 'generalized-dice')).toMatchObject({ severity: 'warning' });
  expect(check([10_000, 10], 'generalized-dice')).toBeUndefined();
});

test('class weights are held against the whole target', () => {
  expect(check([9000, 1000, 0], 'ce', [1, 1, 2e6])).not.toHaveProperty('severity');
  expect(check([9000, 990, 10], 'ce', [1, 1, 2e6])).toMatchObject({ severity: 'warning' });
  expect(check([9000, 1000, 0], 'ce', [1, 1, 1e6])).toBeUndefined();
  expect(check([9000, 1000, 0], 'ce', [0, 1, 10])).toBeUndefined();
});

test('without weights the question does not arise', () => {
  expect(check([9000, 1000, 0], 'dice')).toHaveProperty('notApplicable');
});
