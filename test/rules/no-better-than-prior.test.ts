import { expect, test } from 'vitest';
import { noBetterThanPrior } from '../../src/rules/no-better-than-prior.ts';
import { confusionOf } from './_counts.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

/** Entropy of 4 to 1. */
const entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);

const blind = [
  [8000, 0],
  [2000, 0],
];
const seeing = [
  [7800, 200],
  [800, 1200],
];

/** A cross-entropy of so many times the entropy of the class frequencies. */
function check(times: number, matrix = blind, changes: SubjectChanges = {}) {
  const valid = matrix.flat().reduce((a, b) => a + b, 0);
  const likelihood = {
    byRow: Float64Array.of(times * entropy * valid, 0),
    weight: Float64Array.from([0.8 * valid, 0.2 * valid]),
    valid,
  };
  return noBetterThanPrior.check(
    { likelihood, confusion: confusionOf(matrix) },
    subject({ ...changes }),
    circumstances(),
  );
}

test('within 2 % of the entropy is a warning, 3 % below is clear', () => {
  expect(check(0.9801)).toMatchObject({ severity: 'warning' });
  expect(check(1.3)).toMatchObject({ severity: 'warning', message: expect.stringContaining('which is less') });
  expect(check(0.9799)).toBeUndefined();
});

test('good decisions make it a note about confidence', () => {
  expect(check(1.5, seeing)).toMatchObject({
    severity: 'note',
    message: expect.stringContaining('overconfidence'),
  });
});

test('10,000 valid pixels are needed', () => {
  expect(
    check(1, [
      [8000, 0],
      [2000, 0],
    ]),
  ).toBeDefined();
  expect(
    check(1, [
      [7999, 0],
      [2000, 0],
    ]),
  ).toBeUndefined();
});

test('a constant output, a single class and a loss that is NaN are other matters', () => {
  const scores = { deviation: Float64Array.of(5e-4, 9e-4), means: Float64Array.of(0.5, -0.9) };
  expect(check(1, blind, { scores })).toBeUndefined();
  expect(check(1, blind, { scores: { ...scores, deviation: Float64Array.of(5e-4, 1e-3) } })).toBeDefined();
  expect(check(Number.NaN)).toBeUndefined();
});

test('labels that overlap are judged by a plain binary cross-entropy', () => {
  const about = subject({ channels: 3, kind: 'multilabel' });
  const confusion = { ...confusionOf(blind), matrix: null };
  const likelihood = { byRow: new Float64Array(3), weight: new Float64Array(3), valid: 20_000 };
  const under = (value: number) =>
    noBetterThanPrior.check(
      { likelihood, confusion },
      about,
      circumstances([evaluation('bce-logits', about, { value, prior: 0.4 })]),
    );
  expect(under(0.399)).toMatchObject({ severity: 'warning' });
  expect(under(0.3)).toBeUndefined();
  expect(noBetterThanPrior.check({ likelihood, confusion }, about, circumstances())).toHaveProperty('notApplicable');
});
