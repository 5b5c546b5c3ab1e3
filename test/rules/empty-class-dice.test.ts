import { expect, test } from 'vitest';
import { emptyClassDice } from '../../src/rules/empty-class-dice.ts';
import { sumsOf } from './_counts.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

const about = subject({ channels: 3, images: 1 });
const lacking = sumsOf([
  [
    [5000, 5000, 4500],
    [5000, 5000, 4500],
    [10, 0, 0],
  ],
]);

function check(value: number, without: number, loss = 'dice', sums = lacking) {
  const losses = [evaluation(loss, about, { value })];
  const retake = (_: unknown, { absent }: { absent?: string }) => (absent === 'skip' ? without : 0.25);
  return emptyClassDice.check({ sums }, about, circumstances(losses, { retake }));
}

test('absent classes that change the loss by 0.05 are a warning with every convention', () => {
  const found = check(0.4, 0.1);
  expect(found).toMatchObject({
    message: expect.stringContaining('1 of 3 scores (one per image and class) are of classes without a pixel'),
    effect: { what: 'absent=skip', before: 0.4, after: 0.1 },
  });
  expect(found).not.toHaveProperty('severity');
  expect(JSON.stringify(found)).toContain('smoothing below the line only');
  expect(check(0.251, 0.2)).toBeDefined();
  expect(check(0.249, 0.2)).toBeUndefined();
});

test('absent classes that make the loss NaN are an error', () => {
  expect(check(Number.NaN, 0.1, 'dice:smooth=0')).toMatchObject({ severity: 'error' });
});

test('a loss that is NaN for another reason is not blamed on them', () => {
  expect(check(Number.NaN, Number.NaN)).toBeUndefined();
});

test('where every class is there, or absent ones are left out, it is clear', () => {
  const whole = sumsOf([
    [
      [50, 50, 40],
      [50, 50, 40],
      [50, 50, 40],
    ],
  ]);
  expect(check(0.4, 0.1, 'dice', whole)).toBeUndefined();
  expect(check(0.4, 0.1, 'dice:absent=zero')).toBeUndefined();
});

test('where no class is there, the loss can only be left at 0', () => {
  const binary = subject({ channels: 1, images: 1 });
  const run = circumstances([evaluation('dice', binary, { value: 1 })], { retake: () => 0 });
  expect(emptyClassDice.check({ sums: sumsOf([[[40, 0, 0]]]) }, binary, run)).toMatchObject({
    effect: { what: 'absent=zero', before: 1, after: 0 },
  });
});

test('is asked of overlap losses only', () => {
  expect(check(0.4, 0.1, 'ce')).toHaveProperty('notApplicable');
});
