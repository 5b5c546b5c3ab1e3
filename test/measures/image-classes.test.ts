import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { imageClasses } from '../../src/measures/index.ts';
import { measurementsOf } from '../_arrays.ts';

test('pixels per image and class, ignored ones and those without a class apart', () => {
  const picture = {
    prediction: new Array(16).fill(0),
    target: [0, 0, 1, 255, 1, 1, 1, 9],
    images: 2,
    spatial: [2, 2],
    channels: 2,
    ignore: [255],
  };
  expect(measurementsOf(picture).get(imageClasses, view([]))).toEqual({
    images: 2,
    perImage: Float64Array.of(2, 1, 0, 3),
    pixels: Float64Array.of(2, 4),
    valid: Float64Array.of(3, 3),
    ignored: Float64Array.of(1, 0),
    unknown: 1,
  });
});

test('a binary target has background and object', () => {
  const picture = { prediction: [0, 0, 0, 0], target: [1, 0, 0, 0], spatial: [2, 2], channels: 1 };
  const { perImage, pixels } = measurementsOf(picture).get(imageClasses, view([]));
  expect(perImage).toEqual(Float64Array.of(3, 1));
  expect(pixels).toEqual(Float64Array.of(3, 1));
});
