import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { contrast } from '../../src/measures/index.ts';
import { measurementsOf } from '../_arrays.ts';

const asIs = view([]);

test('the mean prediction inside and outside the object of one channel', () => {
  const picture = { prediction: [0.9, 0.5, 0.2, 0.1], target: [1, 1, 0, 0], spatial: [2, 2], channels: 1 };
  expect(measurementsOf(picture).get(contrast, asIs)).toEqual({ inside: 0.7, outside: expect.closeTo(0.15, 12) });
});

test('of two channels the second is the object, labels without a class belong to it, ignored pixels to nothing', () => {
  const picture = {
    prediction: [0.9, 0.7, 0.4, 0, 0.1, 0.3, 0.6, 1],
    target: [0, 0, 255, 7],
    spatial: [2, 2],
    channels: 2,
    ignore: [7],
  };
  expect(measurementsOf(picture).get(contrast, asIs)).toEqual({ inside: 0.6, outside: 0.2 });
});

test('NaN where there is no object, no background, or more than two classes', () => {
  const one = { prediction: [0.25, 0.75], target: [1, 1], spatial: [1, 2], channels: 1 };
  expect(measurementsOf(one).get(contrast, asIs)).toEqual({ inside: 0.5, outside: Number.NaN });
  const three = { prediction: [1, 0, 0], target: [0], spatial: [1, 1], channels: 3 };
  expect(measurementsOf(three).get(contrast, asIs)).toEqual({ inside: Number.NaN, outside: Number.NaN });
});
