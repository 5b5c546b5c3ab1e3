import { expect, test } from 'vitest';
import { type CaseReport, type NdArray, ndarray } from '../../src/core/index.ts';
import { type DiagnoseOptions, diagnose } from '../../src/index.ts';
import { random } from '../_arrays.ts';

const next = random(5);
const size = 12;
const pixels = size * size;

function scores(channels: number, images: number): NdArray {
  const values = Float32Array.from({ length: images * channels * pixels }, () => 4 * next() - 2);
  return ndarray(values, [images, channels, size, size], 'float32');
}

function labels(rows: number, images: number): number[] {
  return Array.from({ length: images * pixels }, () => Math.floor(rows * next()));
}

function mask(values: readonly number[]): NdArray {
  return ndarray(Uint8Array.from(values), [values.length / pixels, size, size], 'uint8');
}

function report(prediction: NdArray, target: NdArray, options: DiagnoseOptions): CaseReport {
  return diagnose(prediction, target, { table: 'none', ...options }).cases[0] as CaseReport;
}

/** The value of a loss on the arrays that training saw, reported beside those of the file. */
function explained(prediction: NdArray, seen: NdArray, file: NdArray, options: DiagnoseOptions) {
  const value = report(prediction, seen, options).losses[0]?.value ?? Number.NaN;
  return report(prediction, file, { ...options, reported: value.toPrecision(7) }).reported?.matches[0];
}

const three = scores(3, 3);
const ids = labels(3, 3);
const image = (k: number): number[] => ids.slice(k * pixels, (k + 1) * pixels);
const ce = { loss: 'ce' };

test('a flip of the target is named', () => {
  const flipped = ids.map((_, k) => ids[k - (k % size) + size - 1 - (k % size)] ?? 0);
  const match = explained(three, mask(flipped), mask(ids), ce);
  expect(match).toMatchObject({ formula: 'orientation', departures: ['target flipped left-right'] });
});

test('the targets of the neighbouring image are named', () => {
  const match = explained(three, mask([...image(1), ...image(2), ...image(0)]), mask(ids), ce);
  expect(match).toMatchObject({ formula: 'other-mask', departures: ['targets of the next image'] });
});

test('another order of the classes is named', () => {
  const match = explained(three, mask(ids.map((y) => 2 - y)), mask(ids), ce);
  expect(match).toMatchObject({ formula: 'class-permutation', departures: ['target with the classes in reverse'] });
});

test('ids one lower with the first class ignored, and ids one higher, are named', () => {
  const lower = ids.map((y) => (y === 0 ? 255 : y - 1));
  const down = explained(three, mask(lower), mask(ids), { ...ce, ignoreIndex: 255 });
  expect(down).toMatchObject({ formula: 'shifted-labels', departures: ['class 0 ignored, ids one lower'] });
  const few = ids.map((y) => Math.min(y, 1));
  const up = explained(three, mask(few.map((y) => y + 1)), mask(few), ce);
  expect(up).toMatchObject({ formula: 'shifted-labels', departures: ['ids one higher'] });
});

test('the mean over all pairs of a batch is named, and found as a defect', () => {
  const one = scores(1, 3);
  const bits = labels(2, 3);
  const parts = [0, 1, 2].map((k) => bits.slice(k * pixels, (k + 1) * pixels));
  const options = { loss: 'bce-logits' };
  const shifted = (step: number): number[] => [0, 1, 2].flatMap((k) => parts[(k + step) % 3] ?? []);
  const values = [0, 1, 2].map((step) => report(one, mask(shifted(step)), options).losses[0]?.value ?? Number.NaN);
  const mean = values.reduce((a, b) => a + b, 0) / 3;
  const { reported, verdicts } = report(one, mask(bits), { ...options, reported: mean.toPrecision(7) });
  expect(reported?.matches[0]?.formula).toBe('broadcast');
  expect(verdicts[0]).toMatchObject({ rule: 'shape-broadcast', status: 'found' });
});

test('the loss of a prediction that was resampled first is named, and the finding becomes a note', () => {
  const coarse = scores(2, 1);
  const fine = ndarray(
    Uint8Array.from({ length: 4 * pixels }, (_, k) => Number(k % 48 < 20)),
    [1, 24, 24],
    'uint8',
  );
  const [error] = report(coarse, fine, ce).verdicts;
  expect(error).toMatchObject({ rule: 'resolution-mismatch', severity: 'error', effect: { before: Number.NaN } });
  const value = error?.effect?.after ?? Number.NaN;
  const { reported, verdicts } = report(coarse, fine, { ...ce, reported: value.toPrecision(6) });
  expect(reported?.matches).toMatchObject([{ formula: 'resampled' }]);
  expect(verdicts[0]).toMatchObject({ rule: 'resolution-mismatch', severity: 'note' });
});
