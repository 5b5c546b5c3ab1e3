import { expect, test } from 'vitest';
import { explodedLogits } from '../../src/rules/exploded-logits.ts';
import { circumstances, evaluation, type SubjectChanges, subject } from './_subject.ts';

function check(changes: SubjectChanges) {
  const about = subject(changes);
  return explodedLogits.check({}, about, circumstances([evaluation('ce', about, { value: 134 })]));
}

test.each([
  [0.011, 2, true],
  [0.01, 2, false],
  [0, 101, true],
  [0, 100, false],
  [Number.NaN, Number.NaN, false],
])('%f of the logits beyond 1000 and a median size of %f', (huge, medianAbsolute, found) => {
  expect(check({ scores: { huge, medianAbsolute } }) !== undefined).toBe(found);
});

test('shows the loss on these logits', () => {
  expect(check({ scores: { huge: 0.5 } })).toMatchObject({
    evidence: expect.arrayContaining([
      { label: 'logits beyond 1000 in size', value: 50, unit: '%', limit: 1 },
      { label: 'ce on these logits', value: 134 },
    ]),
  });
});

test('a channel masked with one large negative number does not count', () => {
  const masked = {
    huge: 0.25,
    means: Float64Array.of(1, 2, -1e9, 0, 1, 2, -1e9, 0),
    deviation: Float64Array.of(2, 2, 0, 2, 2, 2, 0, 2),
  };
  expect(check({ channels: 4, scores: masked })).toBeUndefined();
  expect(check({ channels: 4, scores: { ...masked, huge: 0.27 } })).toBeDefined();
  const restless = Float64Array.of(2, 2, 1e7, 2, 2, 2, 1e7, 2);
  expect(check({ channels: 4, scores: { ...masked, deviation: restless } })).toBeDefined();
});

test('one channel that is huge throughout is no mask', () => {
  const means = Float64Array.of(-1e6, -1e6);
  const deviation = new Float64Array(2);
  expect(check({ channels: 1, scores: { huge: 1, means, deviation } })).toBeDefined();
});

test('bytes and labels are no logits', () => {
  expect(check({ activation: 'scaled-by-255', scores: { medianAbsolute: 180 } })).toBeUndefined();
  expect(check({ activation: 'labels', scores: { medianAbsolute: 180 } })).toBeUndefined();
});
