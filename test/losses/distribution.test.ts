import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate, type Picture, seeded } from '../_arrays.ts';
import { anyPicture } from './_pictures.ts';

/** Pairs of spellings that are one number, on hard targets, for the kinds that both know. */
const same: readonly (readonly [string, string, number])[] = [
  ['kl:divide-by=count', 'ce:reduction=mean', 1],
  ['soft-margin', 'bce-logits', 1],
  ['poly1:epsilon=0', 'focal:gamma=0', 1],
  ['smooth-l1', 'mse', 0.5],
  ['smooth-l1:beta=0', 'l1', 1],
  ['huber:delta=0.3', 'smooth-l1:beta=0.3', 0.3],
  ['bce-logits:count=all', 'bce-logits', 1],
  ['focal:reduced-threshold=1', 'focal:gamma=0', 1],
];

describe('two names for one number', () => {
  test.each(same)('%s is %s times a factor', (a, b, factor) => {
    const pictures = anyPicture({ kinds: ['exclusive'], soft: false, weighted: false, ignore: false });
    fc.assert(
      fc.property(pictures, (picture) => {
        const [ours, other] = [evaluate(picture, a), evaluate(picture, b)];
        expect(ours.value).toBeCloseTo(factor * other.value, 10);
        expect(ours.gradient?.l2).toBeCloseTo(factor * (other.gradient?.l2 ?? 0), 10);
      }),
      seeded(15),
    );
  });
});

const volume: Picture = {
  prediction: [1, -1, 0.5, 2, 0, 1, -0.5, 0, 0.25, 1, 1, -2],
  target: [0, 1, 2, 255],
  ignore: [255],
  spatial: [2, 2],
  channels: 3,
};

test('a mean over all pixels counts the ignored ones', () => {
  expect(evaluate(volume, 'ce:count=all').value).toBeCloseTo((evaluate(volume, 'ce').value * 3) / 4, 14);
});

test('MONAI leaves the background out before the softmax', () => {
  // Pixels 1 and 2 belong to classes 1 and 2; only the scores of those two channels meet.
  const surprise = (own: number, other: number): number => Math.log1p(Math.exp(other - own));
  const want = (surprise(1, 1) + surprise(1, -0.5)) / 3;
  expect(evaluate(volume, 'focal:gamma=0,background=false').value).toBeCloseTo(want, 14);
});

test('SMP divides the focal loss by the sum of its factors', () => {
  const one: Picture = { prediction: [1, -2, 0.5], target: [1, 1, 0], spatial: [1, 3], channels: 1 };
  const p = [1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(2)), 1 / (1 + Math.exp(0.5))];
  const factors = p.reduce((sum, q) => sum + (1 - q) ** 2, 0);
  const value = evaluate(one, 'focal').value;
  expect(evaluate(one, 'focal:normalised=true').value).toBeCloseTo(value / factors, 14);
});

test('the Jensen-Shannon divergence of a wrong, sure pixel is 1 bit', () => {
  const wrong: Picture = { prediction: [0, 1], target: [0], spatial: [1, 1], channels: 2, activation: 'softmax' };
  expect(evaluate(wrong, 'js:from=probabilities,base=2').value).toBeCloseTo(1, 15);
});
