import { expect, test } from 'vitest';
import { type NumericData, ndarray } from '../../src/core/index.ts';
import { choosePairing } from '../../src/interpret/choose.ts';
import { pairings } from '../../src/interpret/layout.ts';
import { random } from '../_arrays.ts';

const [channels, height, width] = [5, 120, 90];
const shape = [channels, height, width];
const pixels = height * width;
const next = random(4);

/** One of five classes per pixel, in rows. */
const labels = Array.from({ length: pixels }, (_, i) => Math.floor(i / 700) % channels);
const oneHot = Uint8Array.from({ length: channels * pixels }, (_, k) =>
  Number(labels[k % pixels] === Math.floor(k / pixels)),
);

function layoutOf(prediction: NumericData, target: NumericData): { layout: string; reads: number } {
  let reads = 0;
  const stored = {
    length: target.length,
    room: (length: number): NumericData => new Uint8Array(length),
    fits: (): boolean => false,
    read(from: number, count: number, out: NumericData, at: number): void {
      reads++;
      (out as Uint8Array).set(target.subarray(from, from + count) as Uint8Array, at);
    },
  };
  const left = { ...ndarray(target, shape, 'uint8'), data: stored };
  const found = pairings(ndarray(prediction, shape, 'float32'), left, null);
  const { pairing } = choosePairing(found, { largestLabel: 1, classes: null });
  return { layout: pairing.predictionLayout, reads };
}

test('one-hot channels in a file are known by a sample of pixels, in fewer reads than there are pixels', () => {
  const scores = Float32Array.from({ length: channels * pixels }, () => 4 * next() - 2);
  const { layout, reads } = layoutOf(scores, oneHot);
  expect(layout).toBe('CHW');
  expect(reads).toBeLessThan(pixels);
});

test('probabilities are known by the axis along which they sum to 1, whatever the target looks like', () => {
  const masks = Uint8Array.from({ length: channels * pixels }, () => Number(next() < 0.5));
  const shares = Float32Array.from({ length: channels * pixels }, (_, k) => {
    const own = labels[k % pixels] === Math.floor(k / pixels);
    return own ? 0.8 : 0.05;
  });
  expect(layoutOf(shares, masks).layout).toBe('CHW');
});
