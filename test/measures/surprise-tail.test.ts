import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { surpriseTail } from '../../src/measures/index.ts';
import { measurementsOf } from '../_arrays.ts';

/** Scores of one channel whose true class is the foreground. */
function tailOf(scores: number[]) {
  const prediction = Float64Array.from(scores);
  const target = new Uint8Array(scores.length).fill(1);
  const picture = { channels: 1, spatial: [1, scores.length], prediction, target };
  return measurementsOf(picture).get(surpriseTail, view(['sigmoid']));
}

test('a probability that rounds to 1 in float32 counts as certain, the next lower one does not', () => {
  // 1 - sigmoid(z) is about exp(-z); half of the gap below 1 is 2^-25, at z = 17.33.
  expect(tailOf([17.3, 17.4, 40, 0])).toMatchObject({ pixels: 4, certain: 2 });
});

test('a probability below the smallest normal float32 counts as impossible', () => {
  expect(tailOf([-87.3, -87.4, -500])).toMatchObject({ impossible: 2, heavy: 3, largest: 500 });
});
