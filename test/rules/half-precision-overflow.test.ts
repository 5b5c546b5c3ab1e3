import { expect, test } from 'vitest';
import { halfPrecisionOverflow } from '../../src/rules/half-precision-overflow.ts';
import { sumsOf } from './_counts.ts';
import { circumstances, evaluation, reported, subject } from './_subject.ts';

function check(p: number, g: number, dtype: 'float16' | 'float32', typed?: string, value = 0.2) {
  const about = subject({ channels: 1, images: 1, prediction: { dtype } });
  const values = [{ name: 'loss', typed: typed ?? '' }];
  const run = circumstances([evaluation('dice', about, { value })], {
    reported: typed === undefined ? null : reported([], { values }),
  });
  return halfPrecisionOverflow.check({ sums: sumsOf([[[p, g, 0.9 * Math.min(p, g)]]]) }, about, run);
}

test('in a float16 file a total above 65,504 is a note', () => {
  const found = check(32_753, 32_752, 'float16');
  expect(found).toMatchObject({ message: expect.stringContaining('sum p + sum g of class 1 is 65,505') });
  expect(found).not.toHaveProperty('severity');
  expect(check(32_752, 32_752, 'float16')).toBeUndefined();
});

test('NaN or infinity reported of arrays with a finite loss is an error, whatever the file holds', () => {
  expect(check(40_000, 40_000, 'float32', 'nan')).toMatchObject({
    severity: 'error',
    effect: { what: 'sums in float32', before: Number.NaN, after: 0.2 },
  });
  expect(check(40_000, 40_000, 'float16', 'inf')).toMatchObject({ severity: 'error' });
  expect(check(30_000, 30_000, 'float32', 'nan')).toBeUndefined();
});

test('a loss that is NaN on these arrays too is not explained by it', () => {
  expect(check(40_000, 40_000, 'float32', 'nan', Number.NaN)).toBeUndefined();
});

test('where nothing speaks of half precision it is not asked', () => {
  expect(check(40_000, 40_000, 'float32')).toHaveProperty('notApplicable');
  expect(check(40_000, 40_000, 'float32', '0.2')).toHaveProperty('notApplicable');
});
