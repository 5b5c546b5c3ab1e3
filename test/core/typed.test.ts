import { expect, test } from 'vitest';
import { chanceMatches, toleranceOf, typedNumber } from '../../src/core/index.ts';

test.each([
  ['1.27401', 1.27401, 6, 5e-6],
  ['-0.0712', -0.0712, 3, 5e-5],
  ['2.1e-3', 0.0021, 2, 5e-5],
  ['0.340', 0.34, 3, 5e-4],
  ['201768', 201_768, 6, 0.5],
  ['.5', 0.5, 1, 0.05],
  ['0.0', 0, 0, 0.05],
])('%s has its digits and its rounding', (text, value, digits, rounding) => {
  expect(typedNumber(text)).toEqual({ value, digits, rounding: expect.closeTo(rounding, 12) });
});

test('NaN and infinities are exact', () => {
  expect(typedNumber('NaN')).toEqual({ value: Number.NaN, digits: Infinity, rounding: 0 });
  expect(typedNumber('-inf')).toEqual({ value: -Infinity, digits: Infinity, rounding: 0 });
});

test.each(['', 'loss', '1,5', '.', '1.2.3'])('"%s" is not a number', (text) => {
  expect(typedNumber(text)).toBeNull();
});

test('tolerance is half a unit of the last digit and what the precision of the file leaves', () => {
  const typed = { value: 2, digits: 3, rounding: 0.005 };
  expect(toleranceOf(typed, 'float32')).toBeCloseTo(0.005 + 2e-5, 12);
  expect(toleranceOf(typed, 'float16')).toBeCloseTo(0.005 + 4e-3, 12);
});

test('chance matches grow with the candidates and shrink with the digits', () => {
  const [three, six] = ['1.27', '1.27401'].map((text) => chanceMatches(typedNumber(text) ?? never(), 400, 'float32'));
  expect(three).toBeCloseTo((400 * 2 * (0.005 / 1.27 + 1e-5)) / (4 * Math.LN10), 6);
  expect(six).toBeLessThan(0.002);
  expect(chanceMatches({ value: Number.NaN, digits: Infinity, rounding: 0 }, 400, 'float32')).toBe(0);
});

function never(): never {
  throw new Error('a number was not read as one');
}
