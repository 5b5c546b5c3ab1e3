import { expect, test } from 'vitest';
import type { LossSpread } from '../../src/measures/index.ts';
import { lossOnFewPixels } from '../../src/rules/loss-on-few-pixels.ts';
import { bandsOf, likelihoodOf, spreadOf } from './_spread.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

const region = { image: 1, label: 1, pixels: 57, loss: 1000, box: [3, 5, 9, 17] };

function check(spread: LossSpread, changes: SubjectChanges = {}, likelihood = likelihoodOf(0.5, 0.5)) {
  const values = { spread, likelihood, bands: bandsOf(0.4, 0.2), regions: () => [region] };
  return lossOnFewPixels.check(values, subject(changes), circumstances());
}

test.each([
  ['half of the loss on 1 % of the pixels', spreadOf(0.5), false],
  ['more than half', spreadOf(0.501), true],
  ['a mean below 0.01', spreadOf(0.9, 0.9, 0.0099), false],
  ['a mean of 0.01', spreadOf(0.9, 0.9, 0.0101), true],
  ['NaN', spreadOf(Number.NaN, Number.NaN, Number.NaN), false],
])('%s', (_, spread, found) => {
  expect(check(spread) !== undefined).toBe(found);
});

test('one of four images with more than half of the loss is a finding of its own', () => {
  const half = spreadOf(0.1, 0.5, 0.2, [0.5, 0.2, 0.2, 0.1]);
  const most = spreadOf(0.1, 0.5, 0.2, [0.2, 0.1, 0.51, 0.19]);
  expect(check(half, { images: 4 })).toBeUndefined();
  expect(check(most, { images: 4 })).toMatchObject({
    title: 'one image carries most of the loss',
    message: 'image 2 carries 51 % of the cross-entropy of 4 images',
    evidence: expect.arrayContaining([expect.objectContaining({ label: 'image 2 of 4 (25 % of the pixels)' })]),
  });
});

test('one of three images may carry most of it', () => {
  expect(check(spreadOf(0.1, 0.5, 0.2, [0.8, 0.1, 0.1]), { images: 3 })).toBeUndefined();
});

test('says what the mean is without these pixels, and where they are', () => {
  expect(check(spreadOf(0.6))).toMatchObject({
    message: '1 % of the pixels carry 60 % of the cross-entropy of 0.2',
    evidence: expect.arrayContaining([
      { label: 'hardest 1 % of the pixels', value: 60, unit: '% of the loss', limit: 50 },
      { label: 'up to 1 px from a boundary (10 % of the pixels)', value: 20, unit: '% of the loss' },
      { label: 'image 1, class 1 in [3, 5, 9, 17], 57 pixels', value: 25, unit: '% of the loss' },
      { label: 'without the hardest 1 %', value: (0.4 * 0.2) / 0.99 },
    ]),
  });
});

test('a class is named that loses twice its share of the pixels, and a tenth of the loss', () => {
  const named = (loss: number, pixels: number): boolean =>
    JSON.stringify(check(spreadOf(0.6), {}, likelihoodOf(loss, pixels))).includes('"class 1 (');
  expect(named(0.4, 0.19)).toBe(true);
  expect(named(0.4, 0.21)).toBe(false);
  expect(named(0.09, 0.01)).toBe(false);
});

test('is not asked where classes overlap', () => {
  expect(check(spreadOf(0.9), { kind: 'multilabel' })).toHaveProperty('notApplicable');
});
