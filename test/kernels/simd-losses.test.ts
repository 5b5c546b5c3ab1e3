import { describe } from 'vitest';
import * as kernel from '../../src/kernels/index.ts';
import { agree, channels, count, read, sigmoidOf, softmaxOf, stride } from './_tiles.ts';

const curves: Record<string, kernel.CurveNumbers> = {
  logarithm: { gamma: 0, clip: 0, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'floored logarithm': { gamma: 0, clip: 0, logFloor: -100, code: { id: 0, a: 0, b: 0 } },
  'clipped logarithm': { gamma: 0, clip: 1e-3, logFloor: -Infinity, code: { id: 0, a: 0, b: 0 } },
  'focal curve': { gamma: 2, clip: 0, logFloor: -Infinity, code: { id: 1, a: 2, b: 0 } },
  'focal curve with a broken power': { gamma: 1.5, clip: 0, logFloor: -Infinity, code: { id: 1, a: 1.5, b: 0 } },
  hinge: { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.hinge(1, 1), code: { id: 2, a: 1, b: 1 } },
  'poly curve': { gamma: 0, clip: 0, logFloor: -Infinity, shape: kernel.shapes.poly(1), code: { id: 4, a: 1, b: 0 } },
};

describe('the SIMD kernels of losses and gradients give what the scalar ones give', () => {
  for (const [name, curve] of Object.entries(curves)) {
    agree(
      `the sums of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        const sums = new Float64Array(4 * channels);
        kernel.sumElements(tile.up, tile.down, tile.ids, null, curve, sums, channels, stride, count);
        return [...sums];
      },
      2e-6,
    );
    agree(
      `the two sides of a ${name}`,
      (tile) => {
        sigmoidOf(tile);
        for (let k = 0; k < tile.out.length; k++) tile.out[k] = (k % 3) / 2;
        const [sums, weights] = [new Float64Array(2), new Float64Array(2)];
        const map = Float64Array.from({ length: count + 2 }, (_, k) => k / 4);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, map, 2, sums, weights, count);
        kernel.sumBySide(tile.up, tile.down, tile.ids, tile.out, curve, null, 0, sums, weights, count);
        return [...sums, ...weights];
      },
      2e-6,
    );
    if (name === 'hinge') continue;
    agree(
      `the loss of every pixel under a ${name}`,
      (tile) => {
        softmaxOf(tile);
        kernel.nllSoftmax(tile.z, tile.top, tile.logSum, tile.ids, tile.row, stride, count);
        const losses = tile.out.subarray(0, stride) as kernel.Reals;
        kernel.pixelLosses(tile.row, tile.ids, null, curve, losses, count);
        return [...losses.subarray(0, count)];
      },
      1e-5,
    );
  }
  for (const [name, pair] of Object.entries({
    square: kernel.square,
    absolute: kernel.absolute,
    Huber: kernel.huber(0.3),
    'Jensen-Shannon': kernel.jensenShannon,
  })) {
    agree(
      `the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        const sums = new Float64Array(2 * channels);
        kernel.sumPairs(tile.p, tile.ids, null, pair, sums, channels, stride, count);
        return [...sums];
      },
      1e-6,
    );
    agree(
      `the gradient of the ${name} difference`,
      (tile) => {
        softmaxOf(tile);
        // Next to a jump of the slope singles may fall on the other side of it.
        for (let k = 0; k < tile.p.length; k++) tile.p[k] = (Math.round((tile.p[k] ?? 0) * 8) + 0.25) / 9;
        tile.out.fill(0);
        kernel.pairGradient(tile.p, tile.ids, null, pair, Float64Array.of(1, 2, 3), tile.out, channels, stride, count);
        return read(tile.out);
      },
      1e-5,
    );
  }
  agree(
    'the multi-class hinge',
    (tile) => {
      softmaxOf(tile);
      kernel.negLogSoftmax(tile.z, tile.top, tile.logSum, tile.out, channels, stride, count);
      const [sums, counts] = [new Float64Array(channels), new Float64Array(channels)];
      const numbers = { id: 'others', margin: 1, power: 2 } as const;
      kernel.sumMargins(tile.out, 1, tile.ids, numbers, sums, counts, channels, stride, count);
      return [...sums, ...counts];
    },
    2e-6,
  );
  agree(
    'the facts of the values',
    ({ z, space }) => {
      const facts = {
        finite: 0,
        nan: 0,
        positiveInfinity: 0,
        negativeInfinity: 0,
        min: Infinity,
        max: -Infinity,
        outside: 0,
        zeros: 0,
        integers: 0,
        huge: 0,
        above070: 0,
        below051: 0,
      };
      const [absolute, moments] = [space.integers(kernel.absoluteBins), new Float64Array(2)];
      absolute.fill(0);
      z[3] = Number.NaN;
      z[7] = Infinity;
      z[8] = -Infinity;
      kernel.valueFacts(z, 0, count, 0.5, facts, absolute, moments);
      return [...Object.values(facts), ...absolute, ...moments];
    },
    1e-5,
  );
  agree(
    'the summary of a gradient',
    ({ z, ids }) => {
      const summary = new Float64Array(kernel.gradientColumns + channels + 1);
      kernel.summariseGradient(z, ids, false, summary, channels, stride, count);
      return [...summary];
    },
    1e-6,
  );
});
