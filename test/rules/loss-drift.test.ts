import { describe, expect, test } from 'vitest';
import type { Finding, StoredLoss } from '../../src/core/index.ts';
import { lossDrift } from '../../src/rules/loss-drift.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

const about = subject();

/** What the rule says of a loss that has one value now and was stored with another. */
function answer(now: number, baseline: readonly StoredLoss[], text = 'ce', dtype: 'float32' | 'float16' = 'float32') {
  const losses = [evaluation(text, about, { value: now })];
  const own = subject({ prediction: { dtype } });
  return lossDrift.check({}, own, circumstances(losses, { baseline }));
}

const ce = (value: number): StoredLoss[] => [{ spec: 'ce', value }];

describe('a loss has drifted', () => {
  test.each([
    ['by more than 0.0001 of it', 0.5 * 1.00011, true],
    ['not by less than 0.0001 of it', 0.5 * 1.00009, false],
    ['also downwards', 0.5 * 0.9998, true],
    ['to NaN', Number.NaN, true],
    ['to infinity', Infinity, true],
  ])('%s', (_, now, found) => {
    expect(answer(now, ce(0.5)) !== undefined).toBe(found);
  });

  test.each([
    ['by more than 0.002 of it where the file holds half precision', 0.5 * 1.0021, true],
    ['not by less than 0.002 there', 0.5 * 1.0019, false],
  ])('%s', (_, now, found) => {
    expect(answer(now, ce(0.5), 'ce', 'float16') !== undefined).toBe(found);
  });

  test.each([
    ['a NaN that was one before', Number.NaN, Number.NaN],
    ['the same infinity', Infinity, Infinity],
    ['less than a millionth next to 0', 9e-7, 0],
  ])('not for %s', (_, now, then) => {
    expect(answer(now, ce(then))).toBeUndefined();
  });
});

test('the first option that differs is named', () => {
  const found = answer(0.3, [{ spec: 'dice:smooth=1,batch=true', value: 0.2 }], 'dice:smooth=0,batch=true') as Finding;
  expect(found.message).toContain('smooth was 1 and is 0');
  expect(found.message).toContain('50 % more');
});

test('a loss of the same spelling is compared before one of the same name', () => {
  const stored = [...ce(0.9), { spec: 'ce:label-smoothing=0.1', value: 0.5 }];
  expect(answer(0.5, stored, 'ce:label-smoothing=0.1')).toBeUndefined();
});

test('without stored losses, or with none that was taken, the question does not arise', () => {
  expect(answer(0.5, [])).toHaveProperty('notApplicable');
  expect(answer(0.5, [{ spec: 'dice', value: 0.5 }])).toHaveProperty('notApplicable');
});
