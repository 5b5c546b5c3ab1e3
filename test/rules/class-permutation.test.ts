import { expect, test } from 'vitest';
import { classPermutation } from '../../src/rules/class-permutation.ts';
import { agreement } from './_agreement.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, subject } from './_subject.ts';

/** Of three classes, so many hundred pixels decided each as the next one, the rest as chance has it. */
const renamed = confusionOf([
  [100, 700, 200],
  [100, 100, 800],
  [600, 200, 200],
]);

function check(now: number, after: number, confusion = renamed, channels = 3) {
  const classAssignment = { classes: [1, 2, 0], now: agreement(now), after: agreement(after) };
  return classPermutation.check({ confusion, classAssignment }, subject({ channels }), circumstances());
}

test('renamed classes are found, each with what it is predicted as', () => {
  expect(check(-0.1, 0.6)).toMatchObject({
    message: expect.stringContaining('0 is predicted as 1, 1 is predicted as 2 and 2 is predicted as 0'),
    repair: { repair: 'relabel-target', placement: { classes: [1, 2, 0] } },
    evidence: expect.arrayContaining([{ label: 'table of the labels, from 0', value: '[1, 2, 0]' }]),
  });
});

test('a kappa of 0.4 after renaming is enough, a little less is not', () => {
  expect(check(0, 0.4)).toBeDefined();
  expect(check(0, 0.399)).toBeUndefined();
});

test('a gain of 0.2 is enough, a little less is not', () => {
  expect(check(0.375, 0.576)).toBeDefined();
  expect(check(0.375, 0.574)).toBeUndefined();
});

test('classes without a pixel are not spoken of', () => {
  const absent = confusionOf([
    [100, 700, 200],
    [100, 100, 800],
    [0, 0, 0],
  ]);
  expect(check(-0.1, 0.6, absent)).toMatchObject({ message: expect.not.stringContaining('2 is predicted') });
});

test('where every label is predicted as anything no assignment is looked for', () => {
  const mixed = confusionOf([
    [390, 310, 300],
    [310, 390, 300],
    [300, 310, 390],
  ]);
  expect(check(0, 0.9, mixed)).toBeUndefined();
});

test('two classes, and classes that overlap, are not asked', () => {
  expect(
    check(
      0,
      0.9,
      confusionOf([
        [0, 100],
        [100, 0],
      ]),
      2,
    ),
  ).toHaveProperty('notApplicable');
  expect(check(0, 0.9, { ...renamed, matrix: null })).toHaveProperty('notApplicable');
});
