import { describe, expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { penaltyWeights } from '../../src/kernels/index.ts';
import { channelLogs, elements, likelihood, overlap, type PenaltyMap, penaltyMap } from '../../src/measures/index.ts';
import { measurementsOf, type Picture } from '../_arrays.ts';

const stored = view([], { logs: 'rounded' });
const log = { id: 'log' } as const;

/** Two images of three pixels, probabilities of two classes. */
const picture: Picture = {
  prediction: [0.9, 0.6, 0.2, 0.1, 0.4, 0.8, 0.5, 0.5, 0.3, 0.5, 0.5, 0.7],
  target: [0, 0, 1, 1, 255, 1],
  ignore: [255],
  spatial: [1, 3],
  images: 2,
  channels: 2,
  activation: 'softmax',
};

/** One channel with a soft pixel. */
const soft: Picture = {
  prediction: [0.9, 0.4],
  target: [1, 0.25],
  spatial: [1, 2],
  channels: 1,
  activation: 'sigmoid',
};

const u = (p: number): unknown => expect.closeTo(-Math.log(p), 14);

test('the likelihood of exclusive classes is summed by class, over valid pixels', () => {
  const { byRow, weight, valid } = measurementsOf(picture).get(likelihood(log), stored);
  expect([...byRow]).toEqual([u(0.9 * 0.6), u(0.8 * 0.5 * 0.7)]);
  expect([[...weight], valid]).toEqual([[2, 3], 5]);
});

test('the likelihood of a soft binary pixel goes to both sides', () => {
  const { byRow, weight, valid } = measurementsOf(soft).get(likelihood(log), stored);
  expect([...byRow]).toEqual([
    expect.closeTo(-0.75 * Math.log(0.6), 14),
    expect.closeTo(-Math.log(0.9) - 0.25 * Math.log(0.4), 14),
  ]);
  expect([[...weight], valid]).toEqual([[0.75, 1.25], 2]);
});

test('the likelihood of overlapping classes is summed by channel, over all valid pixels', () => {
  const many: Picture = { ...picture, kind: 'multilabel', target: [1, 1, 0, 1, 0, 0, 1, 0, 1, 255, 1, 1], images: 2 };
  const { byRow, weight, valid } = measurementsOf(many).get(likelihood(log), stored);
  expect([...byRow]).toEqual([u(0.9 * 0.6 * 0.3), u(0.1 * 0.5 * 0.7)]);
  expect([[...weight], valid]).toEqual([[5, 5], 5]);
});

test('the logs of every channel are summed over the valid pixels', () => {
  expect([...measurementsOf(picture).get(channelLogs(log), stored)]).toEqual([
    u(0.9 * 0.6 * 0.2 * 0.5 * 0.3),
    u(0.1 * 0.4 * 0.8 * 0.5 * 0.7),
  ]);
});

test('the elements of a channel are summed on both sides', () => {
  const { positive, negative, crossPositive, crossNegative, valid } = measurementsOf(picture).get(
    elements(log, log, true),
    stored,
  );
  expect([...positive]).toEqual([u(0.9 * 0.6), u(0.8 * 0.5 * 0.7)]);
  expect([...negative]).toEqual([u(0.8 * 0.5 * 0.7), u(0.9 * 0.6)]);
  expect([...crossPositive]).toEqual([u(0.2 * 0.5 * 0.3), u(0.1 * 0.4)]);
  expect([...crossNegative]).toEqual([u(0.1 * 0.4), u(0.2 * 0.5 * 0.3)]);
  expect(valid).toBe(5);
});

test('the overlap is kept per image and channel, ignored pixels apart', () => {
  const { images, channels, p, g, pg, valid, ignoredP, ignoredPP } = measurementsOf(picture).get(overlap, stored);
  expect([images, channels, [...valid]]).toEqual([2, 2, [3, 2]]);
  const close = (list: readonly number[]): unknown[] => list.map((value) => expect.closeTo(value, 14));
  expect([...p]).toEqual(close([1.7, 1.3, 0.8, 1.2]));
  expect([...g]).toEqual([2, 1, 0, 2]);
  expect([...pg]).toEqual(close([1.5, 0.8, 0, 1.2]));
  expect([...ignoredP]).toEqual(close([0, 0, 0.5, 0.5]));
  expect([...ignoredPP]).toEqual(close([0, 0, 0.25, 0.25]));
});

describe('the penalty map', () => {
  const row: Picture = {
    prediction: new Array(24).fill(0),
    target: [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1],
    spatial: [3, 2],
    images: 2,
    channels: 2,
  };
  const numbers = { plus: 1, normalise: false, inverse: false, clip: Infinity };
  const weightsOf = (map: PenaltyMap): number[][] =>
    map.squared.map((squared, image) => {
      const out = new Float64Array(6);
      const ids = Int32Array.from(row.target).subarray(6 * image);
      penaltyWeights(squared, 0, ids, map.rows[image] ?? out, map, out, 6);
      return [...out];
    });

  test('is made image by image, with its sum per class', () => {
    const map = measurementsOf(row).get(penaltyMap(numbers, null), stored);
    const [one, two] = weightsOf(map);
    // In the first image the corner of each class is a diagonal step away from the other class, the rest one step.
    const root = expect.closeTo(Math.SQRT2, 14);
    expect(one).toEqual([1, root, root, root, root, 1]);
    expect(two).toEqual([1, 1, 2, 2, 1, 1]);
    const all = weightsOf(map).flat();
    const ids = Array.from(row.target);
    for (const id of [0, 1]) expect(map.sums[id]).toBe(all.reduce((sum, w, k) => (ids[k] === id ? sum + w : sum), 0));
  });

  test('measures in the units of the spacing when it is given', () => {
    const map = measurementsOf(row).get(penaltyMap(numbers, [5, 1]), stored);
    expect(weightsOf(map)[1]).toEqual([1, 1, 6, 6, 1, 1]);
  });

  test('is one for all views that read the target alike, and another for other numbers', () => {
    const all = measurementsOf(row);
    const map = penaltyMap(numbers, null);
    expect(all.get(map, view(['softmax']))).toBe(all.get(penaltyMap(numbers, null), stored));
    expect(all.get(map, view(['softmax'], { ignore: [1] }))).not.toBe(all.get(map, stored));
    expect(penaltyMap({ ...numbers, plus: 0 }, null).id).not.toBe(map.id);
    expect(penaltyMap(numbers, [1, 1]).id).not.toBe(map.id);
  });

  test('weighs the likelihood pixel by pixel', () => {
    const all = measurementsOf({ ...row, activation: 'softmax', prediction: new Array(24).fill(0.5) });
    const map = penaltyMap(numbers, null);
    const { byRow, weight, valid } = all.get(likelihood(log, map), stored);
    expect([...weight]).toEqual([...all.get(map, stored).sums]);
    expect([...byRow]).toEqual([...weight].map((w) => expect.closeTo(w * Math.LN2, 12)));
    expect(valid).toBe(12);
  });
});
