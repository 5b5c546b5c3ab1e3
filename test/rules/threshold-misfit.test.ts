import { expect, test } from 'vitest';
import type { Thresholds } from '../../src/measures/index.ts';
import { thresholdMisfit } from '../../src/rules/threshold-misfit.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

/** Dice of `half` at 0.5 and of `best` at 0.2. */
function answers(half: number, best: number, changes: Partial<Thresholds> = {}): Thresholds {
  const dice = (threshold: number): number => (threshold === 0.2 ? best : half);
  return { row: 1, inside: 500, outside: 9500, best: 0.2, auc: 0.7, dice, ...changes };
}

function check(thresholds: readonly Thresholds[], changes: SubjectChanges = {}) {
  return thresholdMisfit.check({ thresholds }, subject({ channels: 1, ...changes }), circumstances());
}

test.each([
  ['0.1 of Dice to gain', answers(0, 0.1), true],
  ['less', answers(0, 0.0999), false],
  ['a good ranking and Dice below 0.1', answers(0.09, 0.12, { auc: 0.8 }), true],
  ['a Dice of 0.1', answers(0.1, 0.13, { auc: 0.8 }), false],
  ['a ranking of less than 0.8', answers(0.09, 0.12, { auc: 0.79 }), false],
  ['a good ranking that no threshold uses', answers(0, 0, { auc: 0.9, best: Number.NaN }), true],
  ['fewer than 100 pixels', answers(0.2, 0.9, { inside: 99 }), false],
  ['nothing but the class', answers(0.2, 0.9, { outside: 0 }), false],
  ['NaN', answers(Number.NaN, Number.NaN, { auc: Number.NaN }), false],
])('%s', (_, it, found) => {
  expect(check([it]) !== undefined).toBe(found);
});

test('says what both thresholds give, and that it is an upper bound', () => {
  expect(check([answers(0.31, 0.74)])).toMatchObject({
    message: expect.stringContaining('Dice is 0.31 at a threshold of 0.5 and 0.74 at 0.2 (an upper bound'),
  });
  expect(check([answers(0, 0, { auc: 0.93, best: Number.NaN })])).toMatchObject({
    message: expect.stringContaining('no threshold from 0.02 on is better, though the ranking is good (AUC 0.93)'),
  });
});

test('of overlapping classes the one with most to gain is named', () => {
  const found = check([answers(0.5, 0.7, { row: 0 }), answers(0.2, 0.8, { row: 1 })], {
    channels: 2,
    kind: 'multilabel',
  });
  expect(found).toMatchObject({ message: expect.stringContaining('Dice of class 1 is 0.20') });
});

test('is not asked where the largest class wins', () => {
  expect(check([], { channels: 5 })).toHaveProperty('notApplicable');
});
