import { expect, test } from 'vitest';
import { negativeTarget } from '../../src/rules/negative-target.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(values: readonly number[], changes: SubjectChanges = {}) {
  const truth = { values: new Map(values.map((value) => [value, 100])), size: 100 * values.length };
  return negativeTarget.check({}, subject({ channels: 1, ...changes, truth }), circumstances());
}

test('a mask of -1 and 1 is undone by centring it', () => {
  const finding = check([-1, 1]);
  expect(finding).toMatchObject({ repair: { repair: 'recentre-target' }, strength: 0.95 });
  expect(finding).toMatchObject({ message: expect.stringContaining('(mask + 1) / 2') });
});

test('any two normalised values are undone the same way', () => {
  expect(check([-2.118, 2.249])).toMatchObject({
    repair: { repair: 'recentre-target' },
    message: expect.stringContaining('(mask + 2.118) / 4.367'),
  });
});

test('more than two values are found without a repair', () => {
  const finding = check([-0.5, 0, 0.5]);
  expect(finding).toMatchObject({ strength: 0.85 });
  expect(finding).not.toHaveProperty('repair');
});

test.each([
  ['no negative value', [0, 1], {}],
  ['negative values that are ignored', [-1, 0, 1], { ignore: [-1] }],
  ['void -1 beside class ids', [-1, 0, 1, 2, 3], { channels: 4 }],
  ['void -100 beside 0 and 1', [-100, 0, 1], {}],
])('%s is clear', (_, values, changes) => {
  expect(check(values, changes)).toBeUndefined();
});

test('what rounding leaves below 0 in soft labels is not negative', () => {
  expect(check([-1e-6, 0.25, 0.5, 1])).toBeUndefined();
  expect(check([-1.1e-6, 0.25, 0.5, 1])).toBeDefined();
});

test('-1 beside fractions below 0 is no void: class ids were normalised to -1..1', () => {
  expect(check([-1, -1 / 3, 1 / 3, 1], { channels: 4 })).toBeDefined();
  expect(check([-1, 0, 1 / 3, 1], { channels: 4 })).toBeUndefined();
});

test('a label below 0 that is no void id is negative', () => {
  expect(check([-5, 0, 1, 2], { channels: 3 })).toBeDefined();
});

test('over 1,000 distinct values are a distance map', () => {
  const levels = (n: number) => Array.from({ length: n }, (_, k) => (k - n / 2) / 7);
  expect(check(levels(1000))).toBeDefined();
  expect(check(levels(1001))).toBeUndefined();
});
