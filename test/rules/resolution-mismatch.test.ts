import { expect, test } from 'vitest';
import { resolutionMismatch } from '../../src/rules/resolution-mismatch.ts';
import { circumstances, subject } from './_subject.ts';

function check(prediction: readonly number[], target: readonly number[], obstructed = true) {
  const obstacles = [{ rule: 'resolution-mismatch', blocks: ['pair'], reason: 'sizes differ' }] as const;
  const about = subject({
    channels: 6,
    prediction: { shape: [1, 6, ...prediction], layout: 'NCHW' },
    target: { shape: [1, ...target], layout: 'NHW' },
    ...(obstructed ? { obstacles } : {}),
  });
  return resolutionMismatch.check({}, about, circumstances());
}

test.each([
  [[24, 40], [96, 160], 'the target is 4 times as large', 'upsample the logits'],
  [[25, 41], [96, 160], 'the target is 4 times as large', 'upsample the logits'],
  [[96, 160], [48, 80], 'the prediction is 2 times as large', 'load the masks'],
])('%j against %j: %s', (prediction, target, size, remedy) => {
  expect(check(prediction, target)).toMatchObject({ message: expect.stringContaining(size) });
  expect(check(prediction, target)).toMatchObject({ message: expect.stringContaining(remedy) });
});

test('equal sizes are clear', () => {
  expect(check([96, 160], [96, 160], false)).toBeUndefined();
});
