import { expect, test } from 'vitest';
import { miscalibrated } from '../../src/rules/miscalibrated.ts';
import { circumstances, type SubjectChanges, subject } from './_subject.ts';

function check(error: number, after = 0.4, decisions = 1000, changes: SubjectChanges = {}) {
  const values = {
    calibration: { decisions, confidence: 0.9, accuracy: 0.7, error },
    temperature: { temperature: 1.7, before: 0.5, after, pixels: 900 },
  };
  return miscalibrated.check(values, subject(changes), circumstances());
}

test('an error of 0.1 is allowed, more is a note', () => {
  expect(check(0.1)).toBeUndefined();
  expect(check(0.1001)).toBeDefined();
  expect(check(Number.NaN)).toBeUndefined();
});

test('needs 1,000 decisions', () => {
  expect(check(0.3, 0.4, 999)).toBeUndefined();
});

test('names the temperature and what it is worth', () => {
  expect(check(0.2)).toMatchObject({
    message: 'the winner has p = 0.9 on average, 70 % are right; T = 1.7 costs less',
    effect: { what: 'logits divided by 1.7', loss: 'cross-entropy', before: 0.5, after: 0.4 },
  });
});

test('a temperature that gains 1 % or less is not recommended', () => {
  expect(check(0.2, 0.495)).toMatchObject({ message: expect.stringContaining('no temperature helps') });
  expect(check(0.2, 0.495)).not.toHaveProperty('effect');
  expect(check(0.2, 0.4949)).toHaveProperty('effect');
});

test('is not asked of decisions', () => {
  expect(check(0.2, 0.4, 1000, { activation: 'one-hot' })).toHaveProperty('notApplicable');
});

test('the temperature is not worked out unless the error asks for it', () => {
  const values = {
    calibration: { decisions: 1e5, confidence: 0.9, accuracy: 0.88, error: 0.02 },
    get temperature(): never {
      throw new Error('touched');
    },
  };
  expect(miscalibrated.check(values, subject(), circumstances())).toBeUndefined();
});

test('where no class is more probable than another nothing is said of right and wrong', () => {
  const of = (confidence: number) =>
    miscalibrated.check(
      {
        calibration: { decisions: 1e5, confidence, accuracy: 1, error: 0.6 },
        temperature: { temperature: 1, before: 0.5, after: 0.5, pixels: 900 },
      },
      subject({ channels: 4, kind: 'exclusive' }),
      circumstances(),
    );
  expect(of(0.2509)).toHaveProperty('notApplicable');
  expect(of(0.2511)).toHaveProperty('message');
});
