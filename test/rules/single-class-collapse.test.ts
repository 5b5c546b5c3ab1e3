import { expect, test } from 'vitest';
import { singleClassCollapse } from '../../src/rules/single-class-collapse.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, subject } from './_subject.ts';

/** Decisions of two exclusive classes, and the mean probability of class 1. */
function check(matrix: readonly (readonly number[])[], mean = 0.01, channels = matrix.length) {
  const confusion = confusionOf(matrix);
  const { valid } = confusion;
  const sums = channels === 1 ? [mean * valid] : [(1 - mean) * valid, mean * valid, ...matrix.slice(2).map(() => 0)];
  const overlap = { p: Float64Array.from(sums), channels, valid: Float64Array.of(valid) };
  return singleClassCollapse.check({ confusion, overlap }, subject({ channels }), circumstances());
}

test('one class everywhere while another is there is an error', () => {
  const finding = check([
    [8000, 0],
    [2000, 0],
  ]);
  expect(finding).toMatchObject({ severity: 'error', message: expect.stringContaining('20 % of class 1') });
});

test('from 99.5 % on', () => {
  expect(
    check([
      [8000, 0],
      [1950, 50],
    ]),
  ).toBeDefined();
  expect(
    check([
      [8000, 0],
      [1949, 51],
    ]),
  ).toBeUndefined();
});

test('the missing class must have 0.5 % of the target', () => {
  expect(
    check(
      [
        [9950, 0],
        [50, 0],
      ],
      0.001,
    ),
  ).toBeDefined();
  expect(
    check(
      [
        [9951, 0],
        [49, 0],
      ],
      0.001,
    ),
  ).toBeUndefined();
});

test('the missing class must be predicted on less than a tenth of its share', () => {
  expect(
    check(
      [
        [9900, 0],
        [91, 9],
      ],
      0.001,
    ),
  ).toBeDefined();
  expect(
    check(
      [
        [9900, 0],
        [90, 10],
      ],
      0.001,
    ),
  ).toBeUndefined();
});

test('probabilities that still hold half of the share make it a warning, for one channel as for two', () => {
  const matrix = [
    [8000, 0],
    [2000, 0],
  ];
  for (const channels of [1, 2]) {
    expect(check(matrix, 0.1, channels)).toMatchObject({ severity: 'warning' });
    expect(check(matrix, 0.099, channels)).toMatchObject({ severity: 'error' });
  }
});

test('an untrained network that leans a little to the rare side is early, not collapsed: a uniform guess is all that it gives', () => {
  const all = [
    [0, 9800],
    [0, 200],
  ];
  expect(check(all, 0.75, 1)).toMatchObject({ severity: 'warning' });
  expect(check(all, 0.751, 1)).toMatchObject({ severity: 'error' });
});

test('everything taken for the object is a collapse as well', () => {
  const all = [
    [0, 8000],
    [0, 2000],
  ];
  expect(check(all, 0.99, 1)).toMatchObject({ severity: 'error', message: expect.stringContaining('80 % of class 0') });
});

test('a mask with a single class, and one without a valid pixel, are clear', () => {
  expect(
    check([
      [8000, 0],
      [0, 0],
    ]),
  ).toBeUndefined();
  expect(
    check([
      [0, 0],
      [0, 0],
    ]),
  ).toBeUndefined();
});

test('in fewer than 5000 pixels it may be one region that is missed: a warning', () => {
  const of = (pixels: number) => [
    [pixels - 1000, 0],
    [1000, 0],
  ];
  expect(check(of(5000))).toMatchObject({ severity: 'error', message: expect.not.stringContaining('crop of') });
  expect(check(of(4999))).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('in a crop of 4,999 pixels'),
  });
});
