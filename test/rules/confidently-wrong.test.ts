import { expect, test } from 'vitest';
import type { Kind } from '../../src/core/index.ts';
import { confidentlyWrong } from '../../src/rules/confidently-wrong.ts';
import { circumstances, subject } from './_subject.ts';

/** One region that carries 40 % of the loss. */
const regions = () => [{ image: 1, label: 0, pixels: 57, loss: 4000, box: [3, 5, 9, 17] }];

function check(tail: { heavy: number; heavySum: number; total: number }, kind: Kind = 'exclusive') {
  const values = {
    tail: { pixels: 100_000, largest: 20, impossible: 0, certain: 0, ...tail },
    spread: { total: 1e4 },
    regions,
  };
  return confidentlyWrong.check(values, subject({ kind }), circumstances());
}

test.each([
  ['0.1 % of the pixels', { heavy: 100, heavySum: 1000, total: 2000 }, false],
  ['more than that, with half of the loss', { heavy: 101, heavySum: 1010, total: 2020 }, true],
  ['30 % of the loss', { heavy: 300, heavySum: 3000, total: 10_000 }, false],
  ['more than 30 %', { heavy: 300, heavySum: 3001, total: 10_000 }, true],
  ['15 nats each', { heavy: 300, heavySum: 4500, total: 90_000 }, false],
  ['more than 15 nats each', { heavy: 300, heavySum: 4503, total: 90_000 }, true],
  ['no such pixel', { heavy: 0, heavySum: 0, total: 0 }, false],
  ['NaN', { heavy: Number.NaN, heavySum: Number.NaN, total: Number.NaN }, false],
])('%s', (_, tail, found) => {
  expect(check(tail) !== undefined).toBe(found);
});

test('a true class with p = 0 carries everything', () => {
  expect(check({ heavy: 200, heavySum: Infinity, total: Infinity })).toMatchObject({
    message: expect.stringContaining('carry 100 % of the cross-entropy, infinity nats each'),
  });
});

test('is not asked where classes overlap', () => {
  expect(check({ heavy: 9000, heavySum: 9e4, total: 1e5 }, 'multilabel')).toHaveProperty('notApplicable');
});

test('names the worst regions with their boxes', () => {
  expect(check({ heavy: 300, heavySum: 5000, total: 1e4 })).toMatchObject({
    evidence: expect.arrayContaining([
      { label: 'image 1, class 0 in [3, 5, 9, 17], 57 pixels', value: 40, unit: '% of the loss' },
    ]),
  });
});

test('is not asked where the cross-entropy is negative', () => {
  expect(check({ heavy: 9000, heavySum: 9e4, total: -1 })).toHaveProperty('notApplicable');
});
