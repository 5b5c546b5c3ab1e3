import { expect, test } from 'vitest';
import { type CaseReport, type NdArray, ndarray } from '../../src/core/index.ts';
import { diagnose } from '../../src/index.ts';

/** An object in the upper left corner, decided rightly. */
const inside = (y: number, x: number): boolean => y < 9 && x < 15;

function scores(shape: readonly number[], channels: number): NdArray {
  const [height = 1, width = 1] = shape.slice(-2);
  const images = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const values = Array.from({ length: images * height * width }, (_, k) => {
    const [y, x] = [Math.floor(k / width) % height, k % width];
    const channel = Math.floor(k / (height * width)) % channels;
    return (inside(y, x) ? 2 : -2) * (channels > 1 && channel === 0 ? -1 : 1);
  });
  return ndarray(Float32Array.from(values), shape, 'float32');
}

function mask(shape: readonly number[], value: (y: number, x: number) => number): NdArray {
  const [height = 1, width = 1] = shape.slice(-2);
  const size = shape.reduce((a, b) => a * b, 1);
  return ndarray(
    Uint8Array.from({ length: size }, (_, k) => value(Math.floor(k / width) % height, k % width)),
    shape,
    'uint8',
  );
}

function run(prediction: NdArray, target: NdArray): CaseReport {
  return diagnose(prediction, target, { loss: prediction.shape[1] === 1 ? 'bce-logits' : 'ce' }).cases[0] as CaseReport;
}

test.each([
  ['transposed', [2, 2, 20, 30], [2, 30, 20], (y: number, x: number) => Number(inside(x, y))],
  ['rotated by 90 degrees clockwise', [1, 2, 20, 30], [1, 30, 20], (y: number, x: number) => Number(inside(x, 29 - y))],
])('a target that fits only %s', (name, shape, truth, value) => {
  const target = mask(truth, value);
  const report = run(scores(shape, 2), target);
  expect(report.losses).toEqual([]);
  expect(report.verdicts[0]).toMatchObject({ rule: 'orientation-mismatch', severity: 'error', role: 'cause' });
  expect(report.verdicts[0]?.effect?.after).toBeLessThan(0.1);
  expect(report.verdicts[0]?.effect?.what).toBe(`target ${name}`);
});

test('a volume whose axes run the other way around', () => {
  const values = Float32Array.from({ length: 2 * 6 * 8 * 10 }, (_, k) => {
    const [z, y, x] = [Math.floor(k / 80) % 6, Math.floor(k / 10) % 8, k % 10];
    return (z < 2 && y < 4 && x < 7 ? 3 : -3) * (k < 480 ? -1 : 1);
  });
  const target = ndarray(
    Uint8Array.from({ length: 480 }, (_, k) => {
      const [x, y, z] = [Math.floor(k / 48), Math.floor(k / 6) % 8, k % 6];
      return Number(z < 2 && y < 4 && x < 7);
    }),
    [1, 10, 8, 6],
    'uint8',
  );
  const [first] = run(ndarray(values, [1, 2, 6, 8, 10], 'float32'), target).verdicts;
  expect(first?.message).toContain('axes reordered to W, H, D');
  expect(first?.effect?.after).toBeLessThan(0.01);
});

test('an untrained prediction still gets the finding, by the shapes alone', () => {
  const flat = ndarray(
    Float32Array.from({ length: 1200 }, (_, k) => Math.sin(k * k)),
    [1, 2, 20, 30],
    'float32',
  );
  const [first] = run(
    flat,
    mask([1, 30, 20], (y, x) => Number(inside(x, y))),
  ).verdicts;
  expect(first).toMatchObject({
    rule: 'orientation-mismatch',
    message: expect.stringContaining('has the right shape'),
  });
});

test('a coarser prediction is resampled for the effect', () => {
  const [first] = run(
    scores([1, 1, 20, 30], 1),
    mask([1, 40, 60], (y, x) => Number(inside(y / 2, x / 2))),
  ).verdicts;
  expect(first).toMatchObject({ rule: 'resolution-mismatch', effect: { before: Number.NaN } });
  expect(first?.effect?.after).toBeLessThan(0.2);
});

test.each([
  [
    [4, 1, 20, 30],
    [4, 3, 20, 30],
  ],
  [
    [4, 1, 20, 30],
    [20, 30],
  ],
  [
    [4, 2, 20, 30],
    [1, 20, 30],
  ],
])('%j against %j fits by broadcasting alone', (prediction, target) => {
  const report = run(
    scores(prediction, prediction[1] ?? 1),
    mask(target, (y, x) => Number(inside(y, x))),
  );
  expect(report.verdicts[0]).toMatchObject({ rule: 'shape-broadcast', severity: 'error', role: 'cause' });
  expect(report.losses).toEqual([]);
});

/** A background (0), two classes beside each other in its corner (1, 2), one channel for each class from `first` to `last`. */
function oneHot(first: number, last: number, shape = [20, 30]): NdArray {
  const classAt = (y: number, x: number): number => (inside(y, x) ? (x < 7 ? 1 : 2) : 0);
  const [height = 1, width = 1] = shape;
  const values = Array.from({ length: last - first + 1 }, (_, c) =>
    Array.from({ length: height * width }, (_pixel, k) =>
      Number(classAt(Math.floor(k / width), k % width) === first + c),
    ),
  );
  return ndarray(Uint8Array.from(values.flat()), [1, values.length, height, width], 'uint8');
}

/** Scores that are right, made of such channels. */
function scoresOf(truth: NdArray): NdArray {
  return ndarray(
    Float32Array.from(truth.data as Uint8Array, (y) => 8 * y - 4),
    truth.shape,
    'float32',
  );
}

test.each([
  ['the background', 3, oneHot(1, 2), 'lacks the background', 'background added as channel 0 of the target'],
  [
    'the background and a class',
    4,
    oneHot(1, 2),
    'lacks the background',
    'background added as channel 0 of the target',
  ],
  ['a class that does not occur', 5, oneHot(0, 2), 'lacks a class', 'empty channels added to the target'],
])('a one-hot target without %s', (_, channels, target, title, what) => {
  for (const loss of ['ce', 'dice', 'bce-logits']) {
    const [report] = diagnose(scoresOf(oneHot(0, channels - 1)), target, { loss }).cases;
    expect(report?.losses).toEqual([]);
    expect(report?.verdicts[0]).toMatchObject({ rule: 'target-not-one-hot', title: `the one-hot target ${title}` });
    expect(report?.verdicts[0]?.effect).toMatchObject({ what, before: Number.NaN });
    // The empty channels are averaged by Dice as well.
    expect(report?.verdicts[0]?.effect?.after).toBeLessThan(loss === 'dice' ? 0.5 : 0.1);
  }
});

test('a one-hot target of more classes than the prediction', () => {
  const verdictOf = (first: number, last: number, loss: string) =>
    diagnose(scoresOf(oneHot(first, last)), oneHot(0, 2), { loss }).cases[0]?.verdicts[0];
  expect(verdictOf(0, 1, 'ce')).toMatchObject({ rule: 'label-out-of-range', effect: null });
  const dropped = verdictOf(1, 2, 'bce-logits');
  expect(dropped).toMatchObject({
    rule: 'label-out-of-range',
    effect: { what: 'channel 0 of the target left out' },
  });
  expect(dropped?.effect?.after).toBeCloseTo(Math.log1p(Math.exp(-4)), 6);
});

test('channels that overlap, or hold more than 0 and 1, are no one-hot target', () => {
  const prediction = scoresOf(oneHot(0, 3));
  const refused = (change: (value: number, at: number) => number): void => {
    const { data, shape } = oneHot(0, 2);
    const target = ndarray(Float32Array.from(data as Uint8Array, change), shape, 'float32');
    expect(() => diagnose(prediction, target, { loss: 'ce' })).toThrow('do not fit under any order of axes');
  };
  refused((value, at) => (at % 600 < 2 ? 1 : value));
  refused((value) => 2 * value);
  refused((value) => value / 2);
});

test('shapes that nothing explains are refused', () => {
  expect(() =>
    run(
      scores([1, 2, 20, 30], 2),
      mask([1, 21, 37], () => 0),
    ),
  ).toThrow('do not fit under any order of axes');
});
