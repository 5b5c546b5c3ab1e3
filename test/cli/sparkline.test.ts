import { expect, test } from 'vitest';
import { sparkline } from '../../src/cli/sparkline.ts';

test('a sparkline goes from the lowest value to the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([-3, 4])).toBe('▁█');
});

test('picks so many values evenly, the ends included', () => {
  const values = Array.from({ length: 101 }, (_, k) => k);
  expect(sparkline(values, 3)).toBe('▁▅█');
  expect(sparkline(values, 1)).toBe('▁');
});

test('draws differences below 0.1 % flat, and what is no number as a question mark', () => {
  expect(sparkline([1, 1.0009])).toBe('▁▁');
  expect(sparkline([1, 1.0011])).toBe('▁█');
  expect(sparkline([1, Number.NaN, 2, Number.POSITIVE_INFINITY])).toBe('▁?█?');
  expect(sparkline([Number.NaN])).toBe('?');
  expect(sparkline([])).toBe('');
});

test('of a given range shows where the values stand within it', () => {
  expect(sparkline([0.5, 0.55], 12, [0, 1])).toBe('▅▅');
});
