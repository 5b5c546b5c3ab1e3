import { describe, expect, test } from 'vitest';
import { type CaseReport, ndarray } from '../../src/core/index.ts';
import { type DiagnoseOptions, diagnose } from '../../src/index.ts';
import { random } from '../_arrays.ts';
import { supposed } from './_supposed.ts';

// Three predictions [3, 1, 12, 12] and targets [3, 12, 12], which a product repeats to [3, 3, 12, 12].
const next = random(21);
const [images, side] = [3, 12];
const pixels = side * side;
const z = Float32Array.from({ length: images * pixels }, () => 6 * next() - 3);
const y = Uint8Array.from({ length: images * pixels }, (_, k) => Number(next() < 0.2 + 0.1 * Math.floor(k / pixels)));
const prediction = ndarray(z, [images, 1, side, side], 'float32');
const target = ndarray(y, [images, side, side], 'uint8');

const all = [0, 1, 2];
const sum = (f: (k: number) => number, over: readonly number[] = all): number => over.reduce((t, k) => t + f(k), 0);
const places = Array.from({ length: pixels }, (_, i) => i);
const p = (image: number, i: number): number => 1 / (1 + Math.exp(-(z[image * pixels + i] ?? 0)));
const g = (image: number, i: number): number => y[image * pixels + i] ?? 0;
const inP = (a: number): number => sum((i) => p(a, i), places);
const inG = (b: number): number => sum((i) => g(b, i), places);
const common = (a: number, b: number): number => sum((i) => p(a, i) * g(b, i), places);
const allCommon = sum((a) => sum((b) => common(a, b)));
const cost = (a: number, b: number): number =>
  sum((i) => -Math.log(g(b, i) === 1 ? p(a, i) : 1 - p(a, i)), places) / pixels;
const bce = sum((a) => cost(a, a)) / images;

function report(loss: string, value: number): CaseReport {
  const options: DiagnoseOptions = { loss, reported: value.toPrecision(8), table: 'none' };
  return diagnose(prediction, target, options).cases[0] as CaseReport;
}

describe('predictions with a channel axis against targets without', () => {
  const pooled = 1 - (2 * allCommon) / (sum(inP) + sum(inG));
  test.each<[string, string, number]>([
    [
      'dice:batch=true,smooth=0',
      'the products of every prediction with every target over the sums of the batch',
      pooled,
    ],
    [
      'iou:batch=true,smooth=0',
      'the products of every prediction with every target over the sums of the batch',
      1 - allCommon / (sum(inP) + sum(inG) - allCommon),
    ],
    [
      'dice:batch=true,smooth=0',
      'every prediction against every target, summed before the ratio',
      1 - (2 * allCommon) / (images * (sum(inP) + sum(inG))),
    ],
    [
      'tversky:fp=0.3,fn=0.7,batch=true,smooth=0',
      'every prediction against every target, summed before the ratio',
      1 - allCommon / (allCommon + 0.3 * (images * sum(inP) - allCommon) + 0.7 * (images * sum(inG) - allCommon)),
    ],
    [
      'dice:smooth=0',
      'every prediction against every target',
      1 - sum((a) => sum((b) => (2 * common(a, b)) / (inP(a) + inG(b)))) / images ** 2,
    ],
    ['bce-logits', 'every prediction against every target', sum((a) => sum((b) => cost(a, b))) / images ** 2],
  ])('%s: %s', (loss, departure, value) => {
    const { reported, verdicts } = report(loss, value);
    expect(reported?.matches).toMatchObject([{ formula: 'broadcast', departures: [departure] }]);
    expect(verdicts[0]).toMatchObject({ rule: 'shape-broadcast', status: 'found', severity: 'error' });
  });

  test('of a sum, one term or all of them', () => {
    const loss = 'dice:batch=true,smooth=0 + bce-logits';
    const one = report(loss, pooled + bce).reported;
    expect(one?.matches[0]?.departures).toEqual([
      'dice: the products of every prediction with every target over the sums of the batch',
    ]);
    const both = report(loss, pooled + sum((a) => sum((b) => cost(a, b))) / images ** 2).reported;
    expect(both?.matches[0]?.departures).toEqual([
      'the products of every prediction with every target over the sums of the batch',
    ]);
  });
});

test('Dice of equal masks is then as large as the batch', () => {
  const ones = {
    prediction: new Array(12).fill(40),
    target: new Array(12).fill(1),
    images: 3,
    spatial: [2, 2],
    channels: 1,
  };
  const words = 'the products of every prediction';
  expect(supposed(ones, 'dice:batch=true,smooth=0,form=negative', 'broadcast', words)).toBeCloseTo(-3, 12);
  expect(supposed(ones, 'iou:batch=true,smooth=0', 'broadcast', words)).toBeCloseTo(1 - 9 / (6 - 9), 12);
});
