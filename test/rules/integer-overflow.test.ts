import { expect, test } from 'vitest';
import { integerOverflow } from '../../src/rules/integer-overflow.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, reported, type SubjectChanges, subject } from './_subject.ts';

/** 600 pixels in each mask, 500 in both. */
const masks = confusionOf([
  [900, 100],
  [100, 500],
]);

function check(typed: string | null, changes: SubjectChanges = {}, explained = false) {
  const about = subject({
    channels: 1,
    activation: 'labels',
    ...changes,
    scores: { distinct: 2, min: 0, max: 1, integers: 1, ...changes.scores },
    prediction: { dtype: 'uint8', ...changes.prediction },
  });
  const told = reported(explained ? [{ formula: 'declared' }] : [], { values: [{ name: 'loss', typed: typed ?? '' }] });
  const run = typed === null ? {} : { reported: told, reportedValue: Number(typed) };
  return integerOverflow.check({ confusion: masks }, about, circumstances([], run));
}

test.each([
  ['the overlap alone', '0.59333', '1 - dice'],
  ['the overlap alone, as a score', '0.40667', 'dice'],
  ['all sums', '2.7727', 'dice'],
  ['the overlap alone in IoU', '0.25523', 'iou'],
])('%s modulo 256', (_, typed, name) => {
  expect(check(typed)).toMatchObject({ effect: { loss: name, before: Number(typed) } });
});

test('the products of masks of 0 and 255 wrap pixel by pixel', () => {
  const both = { scores: { max: 255 }, truth: { max: 255 } };
  // 255 * 255 is 1 in a byte: 2 * 500 / (255 * 1200).
  expect(check('0.99673', both)).toMatchObject({ message: expect.stringContaining('65,025 became 1') });
});

test('a signed type wraps into negative numbers, and the wider type decides', () => {
  const signed = { prediction: { dtype: 'int8' }, target: { dtype: 'int8' } } as const;
  // 500 is -12 in int8.
  expect(check('1.02', signed)).toMatchObject({ message: expect.stringContaining('became -12') });
  expect(check('1.02', { ...signed, target: { dtype: 'int16' } })).toBeUndefined();
});

test('the value must be met to its digits, and to 0.001', () => {
  expect(check('0.5934')).toBeUndefined();
  expect(check('0.593')).toBeDefined();
  expect(check('0.5926')).toBeUndefined();
  expect(check('0.6')).toBeUndefined();
});

test('a value that the declared loss explains needs no other reason', () => {
  expect(check('0.59333', {}, true)).toBeUndefined();
});

test('without a reported value, or masks of integers, it is not asked', () => {
  expect(check(null)).toHaveProperty('notApplicable');
  expect(check('0.59333', { prediction: { dtype: 'float32' } })).toHaveProperty('notApplicable');
  expect(check('0.59333', { activation: 'logits' })).toHaveProperty('notApplicable');
  expect(check('0.59333', { scores: { distinct: 3 } })).toHaveProperty('notApplicable');
});
