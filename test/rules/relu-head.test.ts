import { expect, test } from 'vitest';
import type { DType, PredictionProfile } from '../../src/core/index.ts';
import { reluHead } from '../../src/rules/relu-head.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

const rectified = { min: 0, max: 4.2, zeros: 0.4, distinct: 257 };

function check(scores: Partial<PredictionProfile>, changes: SubjectChanges = {}) {
  const about = subject({ channels: 1, scores: { ...rectified, ...scores }, ...changes });
  return reluHead.check({}, about, circumstances([evaluation('bce-logits', about, { value: 0.67 })]));
}

test.each([
  ['1 % of zeros', { zeros: 0.01 }, true],
  ['fewer zeros, as padding leaves them', { zeros: 0.0099 }, false],
  ['a largest value above 1', { max: 1.01 }, true],
  ['a largest value of 1', { max: 1 }, false],
  ['a negative value', { min: -1e-6 }, false],
  ['a smallest value above 0', { min: 1e-6 }, false],
  ['256 distinct values, as quantised files have them', { distinct: 256 }, false],
  ['a small file with a quarter of its values distinct', { size: 64, distinct: 16 }, false],
  ['a small file with more', { size: 64, distinct: 17 }, true],
])('%s', (_, scores, found) => {
  expect(check(scores) !== undefined).toBe(found);
});

test('one channel is an error with the floor of the loss on this target, several are a warning', () => {
  expect(check({})).not.toHaveProperty('severity');
  expect(check({})).toMatchObject({
    evidence: expect.arrayContaining([
      { label: 'least cost of a background pixel', value: Math.LN2 },
      { label: 'least cross-entropy on this target', value: 0.8 * Math.LN2 },
      { label: 'loss as wired', value: 0.67 },
    ]),
  });
  expect(check({}, { channels: 3 })).toMatchObject({ severity: 'warning' });
});

test('an ignored background has no floor', () => {
  const found = check({}, { ignore: [0] });
  expect(JSON.stringify(found)).not.toContain('least cross-entropy on this target');
});

test.each(['uint8', 'int16'] satisfies DType[])('%s files are left out', (dtype) => {
  expect(check({}, { prediction: { dtype } })).toBeUndefined();
});

test('probabilities are not logits', () => {
  expect(check({}, { activation: 'sigmoid' })).toBeUndefined();
});
