import { describe, expect, test } from 'vitest';
import {
  moveAgainst,
  scoresOfSigmoid,
  scoresOfSoftmax,
  shiftToSumOne,
  sumChanges,
  sumOfSquares,
} from '../../src/kernels/index.ts';
import { random } from '../_arrays.ts';

describe('moving against a gradient', () => {
  test('takes the step and says what a linear loss would fall by', () => {
    const out = new Float64Array(3);
    const fall = moveAgainst(Float64Array.of(1, 2, 3), Float64Array.of(1, 0, -2), 0.5, -Infinity, Infinity, out);
    expect([...out]).toEqual([0.5, 2, 4]);
    expect(fall).toBe(2.5);
  });

  test('stays within its bounds and counts only the way that was gone', () => {
    const out = new Float64Array(2);
    const fall = moveAgainst(Float64Array.of(0.5, -1), Float64Array.of(1, -4), 1, 0, 1, out);
    expect([...out]).toEqual([0, 1]);
    expect(fall).toBe(0.5 + 8);
  });

  test('adds up squares', () => {
    expect(sumOfSquares(Float64Array.of(3, -4))).toBe(25);
    expect(sumOfSquares(Float64Array.of(1, Number.NaN))).toBeNaN();
  });
});

describe('scores behind probabilities', () => {
  const next = random(3);
  const pixels = 20;
  const channels = 4;
  const softmax = (z: Float64Array): Float64Array => {
    const p = new Float64Array(z.length);
    for (let i = 0; i < pixels; i++) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += Math.exp(z[c * pixels + i] ?? 0);
      for (let c = 0; c < channels; c++) p[c * pixels + i] = Math.exp(z[c * pixels + i] ?? 0) / sum;
    }
    return p;
  };
  const p = softmax(Float64Array.from({ length: channels * pixels }, () => 6 * next() - 3));

  test('have the probabilities as their softmax', () => {
    const z = p.slice();
    scoresOfSoftmax(z, 1e-45);
    softmax(z).forEach((value, k) => {
      expect(value).toBeCloseTo(p[k] ?? 0, 12);
    });
  });

  test('of a softmax of probabilities are those probabilities, once they sum to 1 again', () => {
    const z = softmax(p);
    scoresOfSoftmax(z, 1e-45);
    shiftToSumOne(z, channels, pixels);
    z.forEach((value, k) => {
      expect(value).toBeCloseTo(p[k] ?? 0, 12);
    });
  });

  test('have the probabilities as their sigmoid, and are finite at 0 and 1', () => {
    const z = Float64Array.of(0.2, 0.99, 0, 1);
    scoresOfSigmoid(z, 2 ** -149, 2 ** -24);
    expect(1 / (1 + Math.exp(-(z[0] ?? 0)))).toBeCloseTo(0.2, 12);
    expect(1 / (1 + Math.exp(-(z[1] ?? 0)))).toBeCloseTo(0.99, 12);
    expect(z[2]).toBeCloseTo(149 * -Math.LN2, 9);
    expect(z[3]).toBeCloseTo(24 * Math.LN2, 6);
  });
});

test('changes are summed over the valid pixels, channel by channel, from a place within the image', () => {
  const sums = new Float64Array(3);
  const x = Float64Array.of(0.5, 0.25, 9, 0.5, 0.75, 9);
  const image = Float32Array.of(0, 0.25, 0.25, 0, 1, 0.75, 0.75, 0);
  sumChanges(x, image, 1, Int32Array.of(0, 1, -1), sums, 2, 3, 3);
  expect([...sums]).toEqual([0.125, 0.5, 4]);
});
