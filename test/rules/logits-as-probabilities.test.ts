import { expect, test } from 'vitest';
import type { Reported } from '../../src/core/index.ts';
import { logitsAsProbabilities } from '../../src/rules/logits-as-probabilities.ts';
import { circumstances, evaluation, reported, type SubjectChanges, subject } from './_subject.ts';

function check(changes: SubjectChanges, spec = 'dice:from=probabilities', declared = true) {
  const about = subject(changes);
  return logitsAsProbabilities.check({}, about, circumstances([evaluation(spec, about, { declared })]));
}

test('fires above a share of 1e-4 outside [0, 1], not at it', () => {
  expect(check({ scores: { outsideUnit: 1.1e-4 } })).toMatchObject({
    repair: { repair: 'feed-as-expected' },
    evidence: expect.arrayContaining([{ label: 'values outside [0, 1]', value: 100 * 1.1e-4, unit: '%', limit: 0.01 }]),
  });
  expect(check({ scores: { outsideUnit: 1e-4 } })).toBeUndefined();
  expect(check({ scores: { outsideUnit: Number.NaN } })).toBeUndefined();
});

test.each([
  [0.049, 0.149, 'warning'],
  [0.05, 0.149, undefined],
  [0.049, 0.15, undefined],
])('a share of %f that overshoots by %f is %s', (outsideUnit, overshoot, severity) => {
  const found = check({ scores: { outsideUnit, min: -overshoot, max: 1 } });
  expect(found).toBeDefined();
  expect(found && 'severity' in found ? found.severity : undefined).toBe(severity);
});

test('is not asked of losses that take something else, or that nobody declared', () => {
  expect(check({}, 'bce-logits')).toHaveProperty('notApplicable');
  expect(check({}, 'dice')).toHaveProperty('notApplicable');
  expect(check({}, 'bce', false)).toHaveProperty('notApplicable');
});

test('bce takes probabilities unless told otherwise', () => {
  expect(check({ channels: 1 }, 'bce')).toMatchObject({ message: expect.stringContaining('apply sigmoid') });
  expect(check({}, 'ce:from=probabilities')).toMatchObject({ message: expect.stringContaining('apply softmax') });
});

test('leaves grey values and log-probabilities to their own rules', () => {
  expect(check({ activation: 'scaled-by-255' })).toBeUndefined();
  expect(check({ activation: 'log-softmax' })).toBeUndefined();
});

test('under auto a reported value that only the raw scores give is enough', () => {
  const about = subject();
  const losses = [evaluation('dice', about)];
  const ask = (formula: string, changes: Partial<Reported> = {}) =>
    logitsAsProbabilities.check(
      {},
      about,
      circumstances(losses, { reported: reported([{ formula }], changes), reportedValue: 1.1 }),
    );
  expect(ask('no-activation')).toMatchObject({ evidence: expect.arrayContaining([{ label: 'reported', value: 1.1 }]) });
  expect(ask('declared')).toHaveProperty('notApplicable');
  expect(ask('no-activation', { verdict: 'ambiguous' })).toHaveProperty('notApplicable');
});
