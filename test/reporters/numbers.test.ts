import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, counted, number, percent, score } from '../../src/reporters/_numbers.ts';

describe('number', () => {
  test.each([
    [1.90433, '1.90433'],
    [0.25, '0.25'],
    [1 / 3, '0.333333'],
    [-1.5, '-1.5'],
    [0, '0'],
    [-0, '0'],
    [168_960, '168,960'],
    [-12_345_678, '-12,345,678'],
    [123_456.789, '123457'],
    [123_450.2, '123450'],
    [1.00311e-160, '1.00311e-160'],
    [999_999.99, '1e6'],
    [1_234_567.8, '1.23457e6'],
    [0.00012345, '0.00012345'],
    [0.0000123456, '1.23456e-5'],
    [3e-7, '3e-7'],
    [1e21, '1e21'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
  ])('%d is %s', (value, text) => expect(number(value)).toBe(text));

  test('keeps the value to six digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const shown = Number(number(value).replaceAll(',', ''));
        expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.abs(value) * 6e-6);
      }),
    );
  });
});

describe('cell', () => {
  test.each([
    [1.543, '1.5430'],
    [0.25, '0.25000'],
    [2, '2.0000'],
    [0, '0'],
    [0.00134, '0.0013400'],
    [0.000122, '1.2200e-4'],
    [12_345.67, '12,346'],
    [9999.7, '10,000'],
    [1_234_567, '1.2346e6'],
    [Number.NaN, 'NaN'],
    [null, '-'],
  ])('%d is %s', (value, text) => expect(cell(value)).toBe(text));

  test('is never wider than twelve columns', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(cell(value).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('percent', () => {
  test.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.5, '50.0 %'],
    [0.084, '8.4 %'],
    [0.0048, '0.48 %'],
    [0.00004, '0.004 %'],
    [1e-9, '< 0.001 %'],
    [0.99999, '> 99.9 %'],
    [-0.2, '-20.0 %'],
    [-1e-9, '> -0.001 %'],
    [123.4, '12,340 %'],
    [Number.NaN, 'NaN'],
    [null, '-'],
  ])('%d is %s', (value, text) => expect(percent(value)).toBe(text));
});

describe('score', () => {
  test.each([
    [0.9723, '0.972'],
    [-0.0001, '0.000'],
    [-0.25, '-0.250'],
    [1.992, '1.992'],
    [255, '255.00'],
    [Number.NaN, 'NaN'],
    [null, '-'],
  ])('%d is %s', (value, text) => expect(score(value)).toBe(text));
});

test('counts agree with their noun', () => {
  expect([counted(1, 'error'), counted(0, 'error'), counted(2000, 'note')]).toEqual([
    '1 error',
    '0 errors',
    '2,000 notes',
  ]);
});
