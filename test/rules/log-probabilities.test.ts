import { expect, test } from 'vitest';
import type { PredictionProfile } from '../../src/core/index.ts';
import { logProbabilities } from '../../src/rules/log-probabilities.ts';
import { circumstances, evaluation, subject } from './_subject.ts';

const logs = { min: -12, max: -0.01, outsideUnit: 1, logSumsToZero: 1 };

function check(specs: string[], scores: Partial<PredictionProfile> = {}, channels = 4) {
  const about = subject({ channels, activation: 'log-softmax', scores: { ...logs, ...scores } });
  return logProbabilities.check({}, about, circumstances(specs.map((spec) => evaluation(spec, about))));
}

test.each([
  ['ce', 'warning'],
  ['weighted-ce', 'warning'],
  ['bce-logits', 'error'],
  ['dice:from=probabilities', 'error'],
])('%s gets a %s', (spec, severity) => {
  expect(check([spec])).toMatchObject({ severity });
});

test('a loss that is distorted outranks one that is not', () => {
  expect(check(['ce', 'dice:from=probabilities'])).toMatchObject({
    severity: 'error',
    repair: { repair: 'feed-as-expected' },
  });
});

test('nll and losses fed as the file holds it are clear', () => {
  expect(check(['nll'])).toBeUndefined();
  expect(check(['dice'])).toBeUndefined();
});

test.each([
  ['a value at 1e-6', { max: 1e-6 }, true],
  ['a value above', { max: 1.1e-6 }, false],
  ['99.9 % of the pixels', { logSumsToZero: 0.999 }, true],
  ['fewer pixels', { logSumsToZero: 0.9989 }, false],
])('%s', (_, scores, found) => {
  expect(check(['ce'], scores) !== undefined).toBe(found);
});

test('one channel is never taken for log-probabilities, and without a loss the question does not arise', () => {
  expect(check(['bce-logits'], {}, 1)).toBeUndefined();
  expect(check([])).toHaveProperty('notApplicable');
});
