import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { confusion, overlap } from '../../src/measures/index.ts';
import { vanishingGradient } from '../../src/rules/vanishing-gradient.ts';
import { evaluate, measurementsOf, type Picture, random } from '../_arrays.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

/** Squared errors that sum to 400 over 20,000 pixels: cross-entropy has a gradient of norm 20 / 20,000 = 1e-3. */
const column = (sum: number) => Float64Array.from([sum / 4, sum / 4, sum / 4, sum / 4]);
const sums = { errorIn: column(150), errorOut: column(250), valid: Float64Array.of(1e4, 1e4), channels: 2, images: 2 };

function check(l2: number, wrong: number, changes: SubjectChanges = {}, text = 'dice') {
  return checkMatrix(
    l2,
    [
      [16_000 - wrong, wrong],
      [0, 4000],
    ],
    changes,
    text,
  );
}

function checkMatrix(l2: number, counts: number[][], changes: SubjectChanges = {}, text = 'dice') {
  const about = subject(changes);
  const matrix = confusionOf(counts);
  const loss = evaluation(text, about, { gradient: { l2, max: l2, perClass: [0.5, 0.5], vanishing: 0.98, head: [] } });
  return vanishingGradient.check({ confusion: matrix, overlap: sums }, about, circumstances([loss]));
}

test.each([
  ['a thousandth of the gradient of cross-entropy', 1e-6, 2000, false],
  ['less', 0.99e-6, 2000, true],
  ['none at all', 0, 2000, true],
  ['5 % wrong', 1e-9, 1000, false],
  ['more than 5 %', 1e-9, 1001, true],
  ['NaN', Number.NaN, 2000, false],
])('%s', (_, l2, wrong, found) => {
  expect(check(l2, wrong) !== undefined).toBe(found);
});

test('of a rare class over half must be missed, of 100 pixels or more', () => {
  const rare = (missed: number, hit: number) =>
    checkMatrix(0, [
      [19_000, 0],
      [missed, hit],
    ]);
  expect(rare(51, 49)).toMatchObject({ message: expect.stringContaining('51 % of the pixels of a class missed') });
  expect(rare(50, 50)).toBeUndefined();
  expect(rare(99, 0)).toBeUndefined();
});

test('shows both norms and the share of pixels without a gradient', () => {
  expect(check(1e-8, 2000)).toMatchObject({
    evidence: [
      { label: 'gradient norm of dice', value: 1e-8, limit: expect.closeTo(1e-6, 15) },
      { label: 'gradient norm of cross-entropy', value: expect.closeTo(1e-3, 15) },
      { label: 'pixels whose gradient is below 1e-6', value: 98 },
      { label: 'wrong decisions', value: 10 },
      { label: 'largest share of a class that is missed', value: 12.5 },
    ],
  });
});

test('is asked of declared losses at logits, fed as they should be', () => {
  expect(check(0, 2000, { activation: 'softmax' })).toHaveProperty('notApplicable');
  expect(check(0, 2000, {}, 'dice:from=probabilities')).toBeUndefined();
  expect(vanishingGradient.check({}, subject(), circumstances())).toHaveProperty('notApplicable');
});

const next = random(23);
const values = Array.from({ length: 3 * 50 }, () => 6 * next() - 3);
const pictures: readonly [string, Picture, 'softmax' | 'sigmoid', string][] = [
  [
    'ce',
    {
      channels: 3,
      spatial: [5, 10],
      prediction: values,
      target: values.slice(0, 50).map((v) => (v > 1 ? 2 : v > 0 ? 1 : 0)),
    },
    'softmax',
    'ce',
  ],
  [
    'bce',
    { channels: 1, spatial: [10, 15], prediction: values, target: values.map((_, i) => i % 2) },
    'sigmoid',
    'bce-logits',
  ],
  [
    'overlapping classes',
    { channels: 3, kind: 'multilabel', spatial: [5, 10], prediction: values, target: values.map((_, i) => i % 2) },
    'sigmoid',
    'bce-logits',
  ],
];

test.each(pictures)(
  'the closed form of the gradient of cross-entropy is the swept one: %s',
  (_, picture, step, text) => {
    const measurements = measurementsOf(picture);
    const swept = evaluate(picture, text).gradient?.l2 ?? Number.NaN;
    const under = view([step]);
    const taken = { confusion: measurements.get(confusion, under), overlap: measurements.get(overlap, under) };
    const about = subject({ channels: picture.channels, ...(picture.kind ? { kind: picture.kind } : {}) });
    const nothing = evaluation('dice', about, { gradient: { l2: 0, max: 0, perClass: [], vanishing: 1, head: [] } });
    const found = vanishingGradient.check(taken, about, circumstances([nothing]));
    expect(found).toMatchObject({
      evidence: expect.arrayContaining([expect.objectContaining({ value: expect.closeTo(swept, 12) })]),
    });
  },
);
