import { expect, test } from 'vitest';
import type { PredictionProfile } from '../../src/core/index.ts';
import { hardPredictions } from '../../src/rules/hard-predictions.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

const hard = { min: 0, max: 1, integers: 1, distinct: 2 };

function check(scores: Partial<PredictionProfile>, changes: SubjectChanges = {}, declared = true) {
  const about = subject({ channels: 1, scores: { ...hard, ...scores }, ...changes });
  return hardPredictions.check({}, about, circumstances([evaluation('dice', about, { declared })]));
}

test.each([
  ['zeros and ones', {}, true],
  ['one value in between', { integers: 0.99999 }, false],
  ['the same value everywhere', { distinct: 1, max: 0 }, false],
  ['signs', { min: -1 }, true],
  ['two whole logits', { min: -3, max: 3 }, false],
  ['a 0/255 mask', { max: 255 }, true],
  ['grey values', { max: 255, distinct: 120 }, false],
  ['few grey values', { max: 255, distinct: 60 }, false],
  ['class ids with gaps', { max: 8, distinct: 6 }, true],
  ['class ids up to 63', { max: 63, distinct: 64 }, true],
  ['more values than that', { max: 64, distinct: 65 }, false],
])('one channel: %s', (_, scores, found) => {
  expect(check(scores) !== undefined).toBe(found);
});

test('ids as high as those of the target are ids, however few', () => {
  const truth = {
    values: new Map([
      [0, 10],
      [10, 20],
      [255, 3],
    ]),
  };
  expect(check({ max: 10, distinct: 3 }, { truth })).toBeDefined();
  expect(check({ max: 11, distinct: 3 }, { truth })).toBeUndefined();
});

test('several channels hold at most one distinct value more than there are channels', () => {
  expect(check({ distinct: 4, max: 9 }, { channels: 3 })).toBeDefined();
  expect(check({ distinct: 5, max: 9 }, { channels: 3 })).toBeUndefined();
  expect(check({ distinct: 5, max: 9 }, { channels: 3, activation: 'one-hot' })).toBeDefined();
});

test('is an error for a declared loss and a warning without one', () => {
  expect(check({})).not.toHaveProperty('severity');
  expect(check({}, {}, false)).toMatchObject({ severity: 'warning' });
});

test('a map of ids outranks the missing channels that come with it', () => {
  expect(check({ max: 5, distinct: 6 })).toMatchObject({ strength: 0.99 });
  expect(check({})).toMatchObject({ strength: 0.95 });
});

test('whole numbers that may be probabilities times 255 are ids only where the target has ids as high', () => {
  const faint = { max: 5, distinct: 6 };
  const truth = (highest: number) => ({
    values: new Map([
      [0, 10],
      [highest, 10],
    ]),
  });
  expect(check(faint, { activation: 'scaled-by-255', truth: truth(5) })).toMatchObject({ strength: 0.99 });
  expect(check(faint, { activation: 'scaled-by-255', truth: truth(4) })).toMatchObject({ strength: 0.95 });
});
