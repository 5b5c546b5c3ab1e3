import { expect, test } from 'vitest';
import type { PredictionProfile, TargetProfile } from '../../src/core/index.ts';
import { nonfinitePrediction } from '../../src/rules/nonfinite-prediction.ts';
import { circumstances, subject } from './_subject.ts';

function check(scores: Partial<PredictionProfile>, truth: Partial<TargetProfile> = {}) {
  const about = subject({ channels: 3, scores, truth, target: { encoding: 'ids' } });
  return nonfinitePrediction.check({}, about, circumstances());
}

test('one NaN is one too many, none is clear', () => {
  expect(check({ nan: 1, firstNonFinite: [1, 0, 3, 5], nonFiniteImages: 1 })).toMatchObject({
    message: expect.stringContaining(
      '1 of 60,000 values of the prediction is NaN in 1 of 2 images, the first at image 1, channel 0, row 3, column 5',
    ),
  });
  expect(check({})).toBeUndefined();
});

test('infinities of either sign count', () => {
  expect(check({ positiveInfinity: 2, negativeInfinity: 1, nonFiniteImages: 2 })).toMatchObject({
    message: expect.stringContaining(
      '3 of 60,000 values of the prediction are +infinity and -infinity in 2 of 2 images',
    ),
    evidence: expect.arrayContaining([
      { label: '+infinity', value: 2, unit: 'values', limit: 0 },
      { label: '-infinity', value: 1, unit: 'value', limit: 0 },
    ]),
  });
});

test('channels lost as a whole are told from scattered values', () => {
  const means = Float64Array.of(0.1, Number.NaN, 0.2, 0.3, Number.NaN, 0.1);
  expect(check({ nan: 20_000, nonFiniteImages: 2, means })).toMatchObject({
    evidence: expect.arrayContaining([{ label: 'channels of an image lost as a whole', value: 2 }]),
  });
});

test('a class masked with -infinity that no pixel is labelled as is a note, and an error once a pixel is', () => {
  const masked = { negativeInfinity: 20_000, maskedChannels: [2], nonFiniteImages: 2 };
  expect(check(masked)).toMatchObject({ severity: 'note', message: expect.stringContaining('channel 2') });
  const labelled = check(masked, {
    values: new Map([
      [0, 19_999],
      [2, 1],
    ]),
  });
  expect(labelled).not.toHaveProperty('severity');
  expect(check({ ...masked, nan: 1 })).not.toHaveProperty('severity');
});
