import { expect, test } from 'vitest';
import type { Match, Reported } from '../../src/core/index.ts';
import { unreducedSum } from '../../src/rules/unreduced-sum.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

const about = subject({ channels: 4, images: 4 });
const mean = 0.5;

function check(matches: (Partial<Match> & Pick<Match, 'formula'>)[], value: number, changes: Partial<Reported> = {}) {
  const losses = [evaluation('ce', about, { value: mean })];
  return unreducedSum.check(
    {},
    about,
    circumstances(losses, { reported: reported(matches, changes), reportedValue: value }),
  );
}

test.each([
  ['sum', 20_000, 'the sum over all pixels: 40,000 times the mean, which is 0.5'],
  ['sum-pixels-mean-batch', 5000, 'the sum over the pixels of an image, averaged over the batch: 10,000 times'],
  ['mean-times-batch', 2, 'the sum over the images of the batch: 4 times'],
  ['sum-over-classes', 2, 'the sum over the classes: 4 times'],
])('%s is found, with the factor by name and the mean as effect', (formula, value, words) => {
  const found = check([{ formula, value }], value);
  expect(found).toMatchObject({
    message: expect.stringContaining(words),
    effect: { what: 'mean instead of sum', loss: 'ce', before: value, after: mean },
  });
  expect(found).not.toHaveProperty('severity');
});

test('two factors that coincide are both listed', () => {
  expect(
    check(
      [
        { formula: 'mean-times-batch', value: 2 },
        { formula: 'sum-over-classes', value: 2 },
      ],
      2,
    ),
  ).toMatchObject({
    message: expect.stringContaining('the sum over the images of the batch or the sum over the classes: 4 times'),
  });
});

test('a reported value that is the declared one, or has a better explanation, is clear', () => {
  expect(check([{ formula: 'declared', value: 0.5 }], 0.5)).toBeUndefined();
  expect(
    check(
      [
        { formula: 'label-smoothing', value: 2 },
        { formula: 'mean-times-batch', value: 2 },
      ],
      2,
    ),
  ).toBeUndefined();
  expect(check([], 3)).toBeUndefined();
});

test('a sum that differs in something else as well has no whole factor, and is left to the report', () => {
  expect(
    check([{ formula: 'sum', value: 2e4, departures: ['summed', 'class weights not applied'] }], 2e4),
  ).toBeUndefined();
});

test('an ambiguous match is a warning only', () => {
  const matches = [
    { formula: 'label-smoothing', value: 2 },
    { formula: 'mean-times-batch', value: 2 },
  ];
  expect(check(matches, 2, { verdict: 'ambiguous' })).toMatchObject({ severity: 'warning' });
});

test('is not asked without a reported value, or with too few digits of it', () => {
  expect(unreducedSum.check({}, about, circumstances([evaluation('ce', about)]))).toHaveProperty('notApplicable');
  expect(check([{ formula: 'sum', value: 2e4 }], 2e4, { verdict: 'too-few-digits' })).toHaveProperty('notApplicable');
});
