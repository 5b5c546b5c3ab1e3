import { expect, test } from 'vitest';
import { boundaryErrors } from '../../src/rules/boundary-errors.ts';
import { confusionOf } from './_counts.ts';
import { bandsOf, likelihoodOf, spreadOf } from './_spread.ts';
import { circumstances, subject } from './_subject.ts';

const healthy = confusionOf([
  [15_000, 500],
  [500, 4000],
]);

function check(loss: number, pixels: number, { spread = spreadOf(0.2), confusion = healthy, onSecond = 0.5 } = {}) {
  const values = { spread, likelihood: likelihoodOf(onSecond, 0.2), confusion, bands: bandsOf(loss, pixels) };
  return boundaryErrors.check(values, subject(), circumstances());
}

test.each([
  ['60 % of the loss', 0.6, 0.2, false],
  ['more than 60 %', 0.601, 0.2, true],
  ['on 25 % of the pixels', 0.8, 0.25, false],
  ['on less', 0.8, 0.249, true],
  ['NaN', Number.NaN, Number.NaN, false],
])('%s near boundaries', (_, loss, pixels, found) => {
  expect(check(loss, pixels) !== undefined).toBe(found);
});

test('says how much of the loss and of the pixels', () => {
  expect(check(0.72, 0.18)).toMatchObject({
    message: '72 % of the loss lies within 3 px of a boundary (18 % of the pixels)',
  });
});

test('a small object that is missed has no boundary errors', () => {
  // 2,249 of 4,500 pixels are found, then half of them.
  const missed = confusionOf([
    [15_500, 0],
    [2251, 2249],
  ]);
  const found = confusionOf([
    [15_500, 0],
    [2250, 2250],
  ]);
  expect(check(0.8, 0.1, { confusion: missed, onSecond: 0.5 })).toBeUndefined();
  expect(check(0.8, 0.1, { confusion: missed, onSecond: 0.49 })).toBeDefined();
  expect(check(0.8, 0.1, { confusion: found, onSecond: 0.9 })).toBeDefined();
});

test('a mean below 0.01 is no loss to speak of', () => {
  expect(check(0.8, 0.1, { spread: spreadOf(0.2, 0.9, 0.0099) })).toBeUndefined();
  expect(check(0.8, 0.1, { spread: spreadOf(0.2, 0.9, 0.0101) })).toBeDefined();
});

test('distances are not worked out where no quarter of the pixels carries 60 % of the loss', () => {
  const values = {
    spread: spreadOf(0.1, 0.6),
    likelihood: likelihoodOf(0.5, 0.2),
    confusion: healthy,
    get bands(): never {
      throw new Error('touched');
    },
  };
  expect(boundaryErrors.check(values, subject(), circumstances())).toBeUndefined();
});

test('is not asked where classes overlap', () => {
  const answer = boundaryErrors.check({}, subject({ kind: 'multilabel' }), circumstances());
  expect(answer).toHaveProperty('notApplicable');
});
