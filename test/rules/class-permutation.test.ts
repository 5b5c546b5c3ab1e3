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

/** Mean probabilities [label, class] where each label's new class is so much more probable than on the other labels. */
function contrastOf(gap: number): Float64Array {
  return Float64Array.from({ length: 9 }, (_, at) => (at % 3 === (Math.floor(at / 3) + 1) % 3 ? 0.25 + gap : 0.25));
}

function check(now: number, after: number, confusion = renamed, channels = 3, classContrast = contrastOf(0.4)) {
  const classAssignment = { classes: [1, 2, 0], now: agreement(now), after: agreement(after) };
  return classPermutation.check({ confusion, classAssignment, classContrast }, subject({ channels }), circumstances());
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

test('the new classes must be more probable by 0.07 where their labels are than elsewhere', () => {
  expect(check(0, 0.6, renamed, 3, contrastOf(0.071))).toBeDefined();
  expect(check(0, 0.6, renamed, 3, contrastOf(0.069))).toBeUndefined();
});

test('labels without a pixel have no mean to compare with', () => {
  const absent = contrastOf(0.4).map((mean, at) => (at < 6 ? mean : Number.NaN));
  expect(check(0, 0.6, renamed, 3, absent)).toBeUndefined();
  const two = confusionOf([
    [100, 700, 200],
    [800, 100, 100],
    [0, 0, 0],
  ]);
  expect(check(0, 0.6, two, 3, absent)).toBeDefined();
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

test('fewer than 5000 pixels and a kappa below 0.5 earn a warning, for one misnamed region can be most of them', () => {
  const of = (pixels: number) =>
    confusionOf([
      [100, pixels, 200],
      [100, 100, 800],
      [600, 200, 200],
    ]);
  expect(check(0, 0.6, of(2700))).not.toHaveProperty('severity');
  expect(check(0, 0.6, of(2699))).toMatchObject({ severity: 'warning' });
  expect(check(0, 0.5, of(2700))).not.toHaveProperty('severity');
  expect(check(0, 0.499, of(2700))).toMatchObject({ severity: 'warning' });
});
