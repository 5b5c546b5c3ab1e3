import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { thresholds } from '../../src/measures/index.ts';
import { measurementsOf, random } from '../_arrays.ts';

const asStored = view([], { logs: 'rounded' });
const next = random(11);
const target = Uint8Array.from({ length: 500 }, () => (next() < 0.3 ? 1 : 0));
const prediction = Float64Array.from(target, (t) => Math.fround(Math.min(1, 0.35 * next() + 0.2 * t * next())));
const [only] = measurementsOf({ channels: 1, spatial: [5, 100], prediction, target }).get(thresholds, asStored);

function dice(threshold: number): number {
  const made = [...prediction].map((p) => p > threshold);
  const both = made.filter((it, i) => it && target[i] === 1).length;
  return (2 * both) / (made.filter(Boolean).length + target.reduce((a, b) => a + b, 0));
}

test('Dice at every threshold is that of the masks', () => {
  for (let percent = 2; percent <= 98; percent++) {
    expect(only?.dice(percent / 100)).toBeCloseTo(dice(percent / 100), 12);
  }
});

test('no threshold is better than the best', () => {
  const all = Array.from({ length: 97 }, (_, k) => dice((k + 2) / 100));
  expect(dice(only?.best ?? 0)).toBe(Math.max(...all));
});

test('the area under the ROC curve is the share of pairs in the right order', () => {
  let pairs = 0;
  let right = 0;
  for (const [i, t] of target.entries()) {
    for (const [j, u] of target.entries()) {
      if (t !== 1 || u !== 0) continue;
      pairs++;
      const [a, b] = [prediction[i] ?? 0, prediction[j] ?? 0];
      right += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  expect(only?.auc).toBeCloseTo(right / pairs, 2);
});

test('of a run of equally good thresholds the middle is taken', () => {
  const picture = { channels: 1, spatial: [1, 3], prediction: [0.1, 0.3, 0.3], target: [0, 1, 1] };
  expect(measurementsOf(picture).get(thresholds, asStored)[0]?.best).toBe(0.19);
});

test('a class that no threshold finds has no best one', () => {
  const picture = { channels: 1, spatial: [1, 2], prediction: [0.1, 0.001], target: [0, 1] };
  expect(measurementsOf(picture).get(thresholds, asStored)[0]).toMatchObject({ inside: 1, outside: 1, auc: 0 });
  const absent = { ...picture, target: [0, 0] };
  expect(measurementsOf(absent).get(thresholds, asStored)[0]?.best).toBeNaN();
});

test('of two exclusive classes the second is asked, of three none, of overlapping ones each', () => {
  const two = { channels: 2, spatial: [1, 1], prediction: [0.4, 0.6], target: [1] };
  expect(measurementsOf(two).get(thresholds, asStored)).toMatchObject([{ row: 1, inside: 1 }]);
  const three = { channels: 3, spatial: [1, 1], prediction: [0.4, 0.5, 0.1], target: [1] };
  expect(measurementsOf(three).get(thresholds, asStored)).toEqual([]);
  const each = { ...two, kind: 'multilabel', target: [0, 1] } as const;
  expect(measurementsOf(each).get(thresholds, asStored)).toMatchObject([
    { row: 0, inside: 0, outside: 1 },
    { row: 1, inside: 1, outside: 0 },
  ]);
});
