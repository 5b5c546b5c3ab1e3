import { expect, test } from 'vitest';
import type { PredictionProfile } from '../../src/core/index.ts';
import { doubleActivation } from '../../src/rules/double-activation.ts';
import { circumstances, probabilities, subject } from './_subject.ts';

function check(scores: Partial<PredictionProfile>, channels = 11, dtype: 'float16' | 'float32' = 'float32') {
  return doubleActivation.check({}, subject({ channels, scores, prediction: { dtype } }), circumstances());
}

const softmaxTwice = { ...probabilities, max: 0.21, largestRatio: 0.999, wideRatio: 0.3 };

test('softmax of softmax is found by its bound', () => {
  expect(check(softmaxTwice)).toMatchObject({
    message: expect.stringContaining('cannot exceed 0.2137 with 11 classes'),
    evidence: expect.arrayContaining([{ label: 'lowest cross-entropy per pixel', value: Math.log(1 + 10 / Math.E) }]),
  });
});

test.each([
  ['the ratio at its limit', { largestRatio: 1.001 }, true],
  ['the ratio above its limit', { largestRatio: 1.0011 }, false],
  ['1 % of wide pixels', { wideRatio: 0.01 }, true],
  ['fewer wide pixels, as an early network has them', { wideRatio: 0.0099 }, false],
  ['channels that sum to 1', { sumsToOne: 0.999 }, true],
  ['channels that do not', { sumsToOne: 0.998 }, false],
])('softmax twice: %s', (_, change, found) => {
  expect(check({ ...softmaxTwice, ...change }) !== undefined).toBe(found);
});

test('float16 rounds, so its bound is wider', () => {
  expect(check({ ...softmaxTwice, largestRatio: 1.002 }, 11, 'float16')).toBeDefined();
  expect(check({ ...softmaxTwice, largestRatio: 1.0021 }, 11, 'float16')).toBeUndefined();
});

const sigmoidTwice = { min: 0.5002, max: 0.7309, above070: 0.2, below051: 0.6 };

test.each([
  ['both ends of the band are met', {}, true],
  ['1 % at both ends', { above070: 0.01, below051: 0.01 }, true],
  ['a value below the band', { min: 0.4998 }, false],
  ['a value above the band', { max: 0.7313 }, false],
  ['too few at the upper end, and no crowd at the lower', { above070: 0.0099, below051: 0.2 }, false],
  ['a crowd at the lower end that reaches the upper', { above070: 0.001, below051: 0.25 }, true],
  ['a crowd at the lower end that stays away from the upper', { max: 0.7149, above070: 0.001, below051: 0.25 }, false],
  ['a crowd at the upper end that reaches the lower', { min: 0.515, above070: 0.25, below051: 0 }, true],
  ['a crowd at the upper end that stays away from the lower', { min: 0.5151, above070: 0.25, below051: 0 }, false],
  ['a smaller crowd', { min: 0.505, above070: 0.249, below051: 0.004 }, false],
])('sigmoid twice: %s', (_, change, found) => {
  expect(check({ ...sigmoidTwice, ...change }, 1) !== undefined).toBe(found);
});

test('healthy logits and probabilities are clear', () => {
  expect(check({})).toBeUndefined();
  expect(check(probabilities)).toBeUndefined();
  expect(check({ ...probabilities, above070: 0.3, below051: 0.6 }, 1)).toBeUndefined();
});
