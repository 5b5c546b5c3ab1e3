import { expect, test } from 'vitest';
import { tooFewDigits } from '../../src/rules/too-few-digits.ts';
import { circumstances, reported, subject } from './_subject.ts';

function check(typed: string) {
  const values = [{ name: 'loss', typed }];
  return tooFewDigits.check({}, subject(), circumstances([], { reported: reported([], { values }) }));
}

test.each(['0.34', '1.2', '2', '0.00034', '1.2e-3'])('%s has too few', (typed) => {
  expect(check(typed)).toMatchObject({ message: expect.stringContaining('significant digit') });
});

test('the chance matches to expect are those of its rounding', () => {
  // 100 formulas x 2 x (0.005 / 0.34 + 1e-5) / (4 ln 10)
  expect(check('0.34')).toMatchObject({ message: expect.stringContaining('about 0.32 of 100 formulas') });
});

test.each(['0.340', '1.27', '0.00127', '120', 'nan', '-inf'])('%s has enough', (typed) => {
  expect(check(typed)).toBeUndefined();
});

test('is not asked without a reported value', () => {
  expect(tooFewDigits.check({}, subject(), circumstances())).toHaveProperty('notApplicable');
});
