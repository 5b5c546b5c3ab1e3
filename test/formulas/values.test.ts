import { describe, expect, test } from 'vitest';
import type { Picture } from '../_arrays.ts';
import { supposed } from './_supposed.ts';

// Two images of 2 x 2 pixels, three classes; the last pixel of the second image is ignored.
const z = [2, -1, 0.5, 0, 0, 1, -0.5, 0, -2, 0, 0, 1, 1, 1, 0, 2, 0, 2, 0, 0, 0.5, 0, 3, 0];
const y = [0, 1, 0, 2, 0, 1, 2, 255];
const weights = [1, 2, 4];
const classes: Picture = { prediction: z, target: y, spatial: [2, 2], images: 2, channels: 3, ignore: [255] };

/** -ln p of class c in pixel i of image n. */
const cost = (n: number, i: number, c: number): number => -Math.log(p(n, i, c));
const score = (n: number, i: number, c: number): number => z[n * 12 + c * 4 + i] ?? 0;
const label = (n: number, i: number): number => y[n * 4 + i] ?? 0;
function p(n: number, i: number, c: number): number {
  return Math.exp(score(n, i, c)) / [0, 1, 2].reduce((sum, k) => sum + Math.exp(score(n, i, k)), 0);
}
const winner = (n: number, i: number): number => [0, 1, 2].reduce((a, b) => (score(n, i, b) > score(n, i, a) ? b : a));
const pixels = [0, 1].flatMap((n) => [0, 1, 2, 3].map((i) => [n, i] as const));
const valid = pixels.filter(([n, i]) => label(n, i) !== 255);
const sum = <T>(items: readonly T[], f: (item: T) => number): number => items.reduce((total, it) => total + f(it), 0);
const own = (n: number, i: number): number => cost(n, i, label(n, i));
const ce = sum(valid, ([n, i]) => own(n, i)) / 7;

// Four pixels, one channel.
const s = [2, -1, 0.4, -3];
const g = [1, 0, 1, 0];
const binary: Picture = { prediction: s, target: g, spatial: [2, 2], channels: 1 };
const q = s.map((x) => 1 / (1 + Math.exp(-x)));
const dice = (a: readonly number[], b: readonly number[], nr = 1e-5, dr = 1e-5): number =>
  (2 * a.reduce((t, x, k) => t + x * (b[k] ?? 0), 0) + nr) / (sum(a, (x) => x) + sum(b, (x) => x) + dr);
const bce = (targets: readonly number[]): number =>
  sum([0, 1, 2, 3], (k) => Math.log1p(Math.exp(s[k] ?? 0)) - (targets[k] ?? 0) * (s[k] ?? 0)) / 4;

describe('the values that formulas suppose, worked out by hand', () => {
  test.each<[string, Picture, string, string, number]>([
    ['log2', classes, 'ce', 'base 2', ce / Math.LN2],
    ['log10', classes, 'ce', 'base 10', ce / Math.LN10],
    ['sum-over-classes', classes, 'ce', 'summed over the classes', 3 * ce],
    ['mean-over-classes-too', classes, 'ce', 'over the classes', ce / 3],
    ['divided-by-batch-twice', classes, 'ce', 'batch size', ce / 2],
    ['amp-scaled', classes, 'ce', '2^16', 65536 * ce],
    ['ignored-in-denominator', classes, 'ce', 'divisor', (ce * 7) / 8],
    ['batch-aggregation', classes, 'ce', 'last image', sum(valid.slice(4), ([n, i]) => own(n, i)) / 3],
    [
      'ignore-not-applied',
      classes,
      'ce',
      'background',
      sum(pixels, ([n, i]) => cost(n, i, label(n, i) === 255 ? 0 : label(n, i))) / 8,
    ],
    [
      'ignore-not-applied',
      classes,
      'ce',
      'background pixels left out',
      sum(
        valid.filter(([n, i]) => label(n, i) > 0),
        ([n, i]) => own(n, i),
      ) / 4,
    ],
    [
      'double-softmax',
      classes,
      'ce',
      'hard decisions',
      Math.log(Math.E + 2) - sum(valid, ([n, i]) => Number(winner(n, i) === label(n, i))) / 7,
    ],
    [
      'double-softmax',
      classes,
      'ce',
      'sigmoid of every channel',
      sum(valid, ([n, i]) => {
        const q = [0, 1, 2].map((c) => 1 / (1 + Math.exp(-score(n, i, c))));
        return Math.log(sum(q, Math.exp)) - (q[label(n, i)] ?? 0);
      }) / 7,
    ],
    [
      'log-probabilities',
      classes,
      'ce',
      'probabilities taken for log',
      -sum(valid, ([n, i]) => p(n, i, label(n, i))) / 7,
    ],
    ['log-probabilities', classes, 'ce', 'logits taken for log', -sum(valid, ([n, i]) => score(n, i, label(n, i))) / 7],
    [
      'weights-permuted',
      { ...classes, weights },
      'ce',
      'reverse order',
      sum(valid, ([n, i]) => (weights[2 - label(n, i)] ?? 0) * own(n, i)) /
        sum(valid, ([n, i]) => weights[2 - label(n, i)] ?? 0),
    ],
    ['weights-permuted', { ...classes, weights }, 'ce', 'not applied', ce],
    [
      'weights-permuted',
      classes,
      'ce',
      'divided by the number of pixels',
      // One over the frequencies 3/7, 2/7 and 2/7.
      sum(valid, ([n, i]) => (label(n, i) === 0 ? 7 / 3 : 7 / 2) * own(n, i)) / 7,
    ],
    [
      'dice-pooled',
      { ...classes, ignore: [], target: y.map((label) => label % 3) },
      'dice',
      'of the batch',
      1 - (2 * sum(pixels, ([n, i]) => p(n, i, label(n, i) % 3)) + 1e-5) / (8 + 8 + 1e-5),
    ],
    ['hard-dice', binary, 'dice', 'decisions', 1 - dice([1, 0, 1, 0], g)],
    ['threshold-on-logits', binary, 'dice', 'above 1/2', 1 - dice([1, 0, 0, 0], g)],
    ['softmax-one-channel', binary, 'dice', 'p = 1', 1 - dice([1, 1, 1, 1], g)],
    ['dice-complement', binary, 'dice', 'coefficient', dice(q, g)],
    ['negated-dice', binary, 'dice', 'minus', -dice(q, g)],
    ['dice-smooth', binary, 'dice', 'smoothing 1', 1 - dice(q, g, 1, 1)],
    ['jaccard', binary, 'dice:smooth=0', 'IoU', 1 - dice(q, g, 0, 0) / (2 - dice(q, g, 0, 0))],
    ['dice-transformed', binary, 'dice', 'cosh', Math.log(Math.cosh(1 - dice(q, g)))],
    ['dice-transformed', binary, 'dice:smooth=0', 'power 2, of the mean', (1 - dice(q, g, 0, 0)) ** 2],
    ['weighted-dice-unnormalised', { ...binary, weights: [1, 3] }, 'dice', 'one minus', 1 - 3 * dice(q, g)],
    ['inverted-target', binary, 'bce-logits', 'inverted', bce(g.map((t) => 1 - t))],
    ['target-0-255', binary, 'bce-logits', '255', bce(g.map((t) => 255 * t))],
    ['target-minus-one-one', binary, 'bce-logits', '-1 and 1', bce(g.map((t) => 2 * t - 1))],
    ['empty-target', binary, 'bce-logits', 'background', bce([0, 0, 0, 0])],
    [
      'pos-weight',
      binary,
      'bce-logits:pos-weight=3',
      'negative side',
      sum([0, 1, 2, 3], (k) => (g[k] === 1 ? 1 : 3) * Math.log1p(Math.exp(g[k] === 1 ? -(s[k] ?? 0) : (s[k] ?? 0)))) /
        4,
    ],
    ['missing-term', binary, 'dice + 0.5*bce-logits', '2 times dice', 2 * (1 - dice(q, g)) + 0.5 * bce(g)],
    ['tversky-swapped', binary, 'tversky:smooth=0', 'exchanged', tversky(0.7, 0.3)],
    [
      'bce-per-channel',
      { ...classes, ignore: [], target: y.map((label) => label % 3) },
      'ce',
      'sigmoid outputs, summed',
      sum(pixels, ([n, i]) =>
        sum([0, 1, 2], (c) => Math.log1p(Math.exp(score(n, i, c))) - (c === label(n, i) % 3 ? score(n, i, c) : 0)),
      ) / 8,
    ],
    ['all-ignored', { ...binary, ignore: [0, 1] }, 'bce-logits', 'set to 0', 0],
  ])('%s', (formula, picture, loss, words, value) => {
    expect(supposed(picture, loss, formula, words)).toBeCloseTo(value, 10);
  });
});

/** 1 - TP / (TP + fp FP + fn FN) of the four pixels. */
function tversky(fp: number, fn: number): number {
  const hit = sum([0, 1, 2, 3], (k) => (q[k] ?? 0) * (g[k] ?? 0));
  const excess = sum(q, (x) => x) - hit;
  return 1 - hit / (hit + fp * excess + fn * (sum(g, (x) => x) - hit));
}

test('the scores of an overlap are added up as what they are: per class, or per image and class, and never per pixel', () => {
  const words = (formula: string, loss: string): (() => number) => {
    const said = { sum: 'images and classes', 'sum-over-classes': 'classes', 'sum-pixels-mean-batch': 'pixels' };
    return () => supposed(classes, loss, formula, said[formula as keyof typeof said]);
  };
  const [each, pooled] = ['dice', 'dice:batch=true'];
  const complement = supposed(classes, pooled, 'dice-complement', 'coefficient');
  expect(words('sum-over-classes', pooled)()).toBeCloseTo(3 * (1 - complement), 12);
  expect(words('sum', each)()).toBeCloseTo(2 * words('sum-over-classes', each)(), 12);
  expect(words('sum', pooled)).toThrow('does not suppose');
  expect(words('sum-pixels-mean-batch', each)).toThrow('does not suppose');
});
