import { describe, expect, test } from 'vitest';
import { type NdArray, ndarray, type StoredNumbers } from '../../src/core/index.ts';
import { requestOf } from '../../src/options.ts';
import { runCase } from '../../src/pipeline.ts';
import { random } from '../_arrays.ts';

const [channels, height, width] = [3, 256, 512];
const pixels = height * width;
const next = random(5);
const logits = Float32Array.from({ length: channels * pixels }, () => 6 * next() - 3);
const target = ndarray(
  Uint8Array.from({ length: pixels }, () => Math.floor(3 * next())),
  [height, width],
  'uint8',
);

/** An array as it is left in a file; says how many numbers were read of it. */
function left(data: Float32Array) {
  let taken = 0;
  const numbers: StoredNumbers = {
    length: data.length,
    room: (length) => new Float32Array(length),
    fits: (out) => out instanceof Float32Array,
    read(from, count, out, at) {
      taken += count;
      out.set(data.subarray(from, from + count), at);
    },
  };
  const array: NdArray<StoredNumbers> = { ...ndarray(data, [channels, height, width], 'float32'), data: numbers };
  return { array, reads: () => taken / data.length };
}

function probabilities(scores: Float32Array): Float32Array {
  const out = scores.slice();
  for (let i = 0; i < pixels; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(scores[c * pixels + i] ?? 0);
    for (let c = 0; c < channels; c++) out[c * pixels + i] = Math.exp(scores[c * pixels + i] ?? 0) / sum;
  }
  return out;
}

function changed(data: Float32Array, at: number, ...values: number[]): Float32Array {
  const out = data.slice();
  out.set(values, at);
  return out;
}

const inUnit = probabilities(logits);
/** A pixel that is in none of the tiles that a first impression is taken from. */
const hidden = 8192 * 3 + 100;

describe('a prediction in a file', () => {
  const files: readonly (readonly [string, Float32Array])[] = [
    ['logits', logits],
    ['probabilities', inUnit],
    [
      'logits with one that is not a number where a first impression does not look',
      changed(logits, hidden, Number.NaN),
    ],
    ['probabilities but for a value where a first impression does not look', changed(inUnit, hidden, 40)],
  ];
  test.each(files)('is judged as in memory: %s', (_, data) => {
    const options = { loss: ['ce', 'dice'], rules: ['probabilities-as-logits', 'nonfinite-prediction'] };
    const request = requestOf(options);
    const named = { path: 'mask.npy', array: target };
    const memory = { path: 'pred.npy', array: ndarray(data, [channels, height, width], 'float32') };
    const file = { path: 'pred.npy', array: left(data).array };
    expect(runCase('a', file, named, request)).toEqual(runCase('a', memory, named, request));
  });

  test('is read once, and a few tiles twice, where values alone are asked for', () => {
    const { array, reads } = left(logits);
    const request = { ...requestOf({ loss: ['ce', 'dice', 'focal'], rules: [], table: 'none' }), gradients: false };
    runCase('a', { path: 'pred.npy', array }, { path: 'mask.npy', array: target }, request);
    expect(reads()).toBeGreaterThan(1);
    expect(reads()).toBeLessThan(1.7);
  });

  test('is read again where the first impression was wrong', () => {
    const { array, reads } = left(changed(inUnit, hidden, 40));
    const request = { ...requestOf({ loss: ['ce'], rules: [], table: 'none' }), gradients: false };
    const report = runCase('a', { path: 'pred.npy', array }, { path: 'mask.npy', array: target }, request);
    expect(report.assumptions.find(({ about }) => about === 'activation')?.chosen).toBe('logits');
    expect(reads()).toBeGreaterThan(2);
  });
});
