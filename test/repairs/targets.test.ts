import { expect, test } from 'vitest';
import { ignoreStrangeLabels, recentreTarget } from '../../src/repairs/index.ts';
import { valuesOf } from '../rules/_counts.ts';
import { evaluation, subject } from '../rules/_subject.ts';

test('the two values of a normalised mask become 0 and 1, whatever they were', () => {
  for (const [low, high] of [
    [-1, 1],
    [-2.118, 2.249],
  ] as const) {
    const about = subject({ channels: 1, truth: { values: valuesOf([low, 5], [high, 5]) } });
    const { scale, shift } = recentreTarget.view(about, evaluation('bce-logits', about), undefined).target;
    expect(low * scale + shift).toBeCloseTo(0, 12);
    expect(high * scale + shift).toBeCloseTo(1, 12);
    expect(recentreTarget.what(about, evaluation('bce-logits', about), undefined)).toContain(`${low} and ${high}`);
  }
});

test('ignored values are no end of the range', () => {
  const values = valuesOf([-100, 5], [-1, 5], [1, 5]);
  const about = subject({ channels: 1, ignore: [-100], truth: { values } });
  expect(recentreTarget.view(about, evaluation('bce-logits', about), undefined).target).toEqual({
    scale: 0.5,
    shift: 0.5,
  });
});

test('every label without a class is ignored, beside those already ignored', () => {
  const values = valuesOf([-1, 1], [0, 1], [5, 1], [6, 1], [250, 1], [255, 1]);
  const about = subject({ channels: 6, ignore: [255], truth: { values } });
  expect(ignoreStrangeLabels.view(about, evaluation('ce', about), undefined).ignore).toEqual([-1, 6, 250]);
  expect(ignoreStrangeLabels.what(about, evaluation('ce', about), undefined)).toBe('labels -1, 6, 250 ignored');
});
