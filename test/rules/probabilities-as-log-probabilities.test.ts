import { expect, test } from 'vitest';
import { probabilitiesAsLogProbabilities } from '../../src/rules/probabilities-as-log-probabilities.ts';
import { circumstances, evaluation, probabilities, type SubjectChanges, subject } from './_subject.ts';

function check(changes: SubjectChanges, spec = 'nll', floor = -1) {
  const about = subject({ channels: 4, ...changes });
  return probabilitiesAsLogProbabilities.check({}, about, circumstances([evaluation(spec, about, { floor })]));
}

test('probabilities bound the loss at -1', () => {
  expect(check({ activation: 'softmax', scores: probabilities })).toMatchObject({
    message: expect.stringContaining('so it lies between -1 and 0; apply the logarithm first'),
    repair: { repair: 'feed-as-expected' },
    evidence: expect.arrayContaining([{ label: 'lower bound of the loss as wired', value: -1 }]),
  });
});

test('logits bound it nowhere, and get a title of their own', () => {
  expect(check({}, 'nll', -Infinity)).toMatchObject({
    title: 'logits are read as log-probabilities',
    message: expect.stringContaining('nothing bounds it below; apply log_softmax first'),
  });
});

test.each([
  ['log-probabilities', { max: -0.01, logSumsToZero: 1 }, false],
  ['rounding above 0', { max: 1e-6, logSumsToZero: 1 }, false],
  ['a value above rounding', { max: 1.1e-6, logSumsToZero: 0 }, true],
  ['negative logits', { max: -0.5, logSumsToZero: 0.49 }, true],
  ['half of the pixels sum to 1', { max: -0.5, logSumsToZero: 0.5 }, false],
])('%s', (_, scores, found) => {
  expect(check({ scores }) !== undefined).toBe(found);
});

test('is asked of losses on log-probabilities only', () => {
  expect(check({}, 'ce')).toHaveProperty('notApplicable');
  expect(check({}, 'ce:from=log-probabilities')).toBeDefined();
});

test('the reported value is shown beside the computed one', () => {
  const about = subject({ channels: 4, activation: 'softmax', scores: probabilities });
  const run = circumstances([evaluation('nll', about, { value: -0.7 })], { reportedValue: -0.7 });
  expect(probabilitiesAsLogProbabilities.check({}, about, run)).toMatchObject({
    evidence: expect.arrayContaining([{ label: 'reported', value: -0.7 }]),
  });
});
