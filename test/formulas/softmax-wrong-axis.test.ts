import { describe, expect, test } from 'vitest';
import { type CaseReport, ndarray } from '../../src/core/index.ts';
import { type DiagnoseOptions, diagnose } from '../../src/index.ts';
import { random } from '../_arrays.ts';

// Two images of 45 x 70 pixels, more than a tile; three classes.
const next = random(8);
const [images, channels, height, width] = [2, 3, 45, 70];
const pixels = height * width;
const z = Float32Array.from({ length: images * channels * pixels }, () => 6 * next() - 3);
const ids = Uint8Array.from({ length: images * pixels }, () => Math.floor(channels * next()));
const prediction = ndarray(z, [images, channels, height, width], 'float32');
const target = ndarray(ids, [images, height, width], 'uint8');

const score = (n: number, c: number, i: number): number => z[(n * channels + c) * pixels + i] ?? 0;
const label = (n: number, i: number): number => ids[n * pixels + i] ?? 0;
const sum = (count: number, f: (k: number) => number): number =>
  Array.from({ length: count }, (_, k) => f(k)).reduce((a, b) => a + b, 0);
const overAll = (f: (n: number, i: number) => number): number => sum(images, (n) => sum(pixels, (i) => f(n, i)));

/** The sums of exp z that the softmax over each axis divides by. */
function sums(axis: string): (n: number, c: number, i: number) => number {
  const known = new Map<string, number>();
  const group = (n: number, i: number): string =>
    ({ N: `${i}`, H: `${n} ${i % width}`, W: `${n} ${Math.floor(i / width)}`, space: `${n}` })[axis] ?? '';
  for (let n = 0; n < images; n++) {
    for (let c = 0; c < channels; c++) {
      for (let i = 0; i < pixels; i++) {
        const key = `${c} ${group(n, i)}`;
        known.set(key, (known.get(key) ?? 0) + Math.exp(score(n, c, i)));
      }
    }
  }
  return (n, c, i) => known.get(`${c} ${group(n, i)}`) ?? Number.NaN;
}

function report(options: DiagnoseOptions): CaseReport {
  return diagnose(prediction, target, { table: 'none', ...options }).cases[0] as CaseReport;
}

describe.each([
  ['N', 'the images (N)'],
  ['H', 'the rows (H)'],
  ['W', 'the columns (W)'],
  ['space', 'all pixels of an image'],
])('softmax over %s', (axis, words) => {
  const divisor = sums(axis);
  const p = (n: number, c: number, i: number): number => Math.exp(score(n, c, i)) / divisor(n, c, i);

  test('cross-entropy of these probabilities is named, and found as a defect', () => {
    const value = overAll((n, i) => -Math.log(p(n, label(n, i), i))) / (images * pixels);
    const { reported, verdicts } = report({ loss: 'ce', reported: value.toPrecision(7) });
    expect(reported?.matches).toMatchObject([{ formula: 'softmax-wrong-axis', departures: [`softmax over ${words}`] }]);
    expect(verdicts[0]).toMatchObject({ rule: 'softmax-wrong-axis', status: 'found', severity: 'error' });
  });

  // Of probabilities as small as those over thousands of pixels nothing is left: the loss is ln C.
  test.skipIf(axis === 'space')('and so is the value of a loss that activates them once more', () => {
    const all = (n: number, i: number): number => sum(channels, (c) => Math.exp(p(n, c, i)));
    const value = overAll((n, i) => Math.log(all(n, i)) - p(n, label(n, i), i)) / (images * pixels);
    const { reported } = report({ loss: 'ce', reported: value.toPrecision(7) });
    expect(reported?.matches).toMatchObject([
      { formula: 'softmax-wrong-axis', departures: [`softmax over ${words}, activated once more by the loss`] },
    ]);
  });

  test('of a sum, Dice alone may have seen them', () => {
    const dice = sum(images * channels, (k) => {
      const [n, c] = [Math.floor(k / channels), k % channels];
      const own = (i: number): number => Number(label(n, i) === c);
      const hits = sum(pixels, (i) => p(n, c, i) * own(i));
      return (2 * hits + 1e-5) / (sum(pixels, (i) => p(n, c, i) + own(i)) + 1e-5);
    });
    const loss = 1 - dice / (images * channels) + (report({ loss: 'ce' }).losses[0]?.value ?? Number.NaN);
    const { reported } = report({ loss: 'dice:smooth=1e-5 + ce', reported: loss.toPrecision(8) });
    expect(reported?.matches[0]).toMatchObject({ departures: [`dice: softmax over ${words}`] });
  });
});
