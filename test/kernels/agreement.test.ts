import { expect, test } from 'vitest';
import {
  classSets,
  countAgreement,
  countWholeAgreement,
  samplePixels,
  valuesAt,
  winningClass,
} from '../../src/kernels/index.ts';
import { random } from '../_arrays.ts';

test('the winning class is the lowest of equals, and none where all scores are NaN', () => {
  const out = new Int16Array(4);
  winningClass(Float64Array.of(1, 0, Number.NaN, -Infinity, 1, 2, Number.NaN, -Infinity), out, 2, 4, 4);
  expect([...out]).toEqual([0, 1, -1, 0]);
});

test('sets of classes are sums of powers of two', () => {
  const out = new Int16Array(3);
  classSets(Float64Array.of(0.6, 0.5, 0, 0.7, 0.9, 0.1, 0, 0, 1), 0.5, out, 3, 3, 3);
  expect([...out]).toEqual([3, 2, 4]);
});

test('all pixels come with their coordinates, and a step walks around the image', () => {
  const { pixels, coordinates } = samplePixels([2, 3], 1, 5);
  expect([...pixels]).toEqual([0, 1, 2, 3, 4]);
  expect([...coordinates]).toEqual([0, 0, 0, 1, 0, 2, 1, 0, 1, 1]);
  const around = samplePixels([2, 3], 5, 6);
  expect([...around.pixels]).toEqual([0, 5, 4, 3, 2, 1]);
  expect([...valuesAt(Int16Array.of(9, 8, 7, 6, 5, 4), around)]).toEqual([9, 4, 5, 6, 7, 8]);
});

test('agreement is counted where there is a label, a decision, and a place', () => {
  const decided = Int16Array.of(0, 1, 1, -1);
  const labels = Int16Array.of(0, 1, 0, -1);
  const sample = samplePixels([1, 4], 1, 4);
  const count = (offset: number): number[] => {
    const counts = new Float64Array(6);
    const reading = { base: 0, strides: [4, 1], offset: [0, offset], shape: [1, 4] };
    countAgreement(decided, labels, sample, reading, 2, counts);
    return [...counts];
  };
  expect(count(0)).toEqual([1, 1, 2, 1, 1, 2]);
  // 0 against 1, 1 against 0; then an ignored label and no place.
  expect(count(1)).toEqual([0, 0, 1, 1, 1, 1]);
});

test('row by row the counts are those of all pixels as a sample, for any reading', () => {
  const next = random(4);
  const shape = [4, 3, 5];
  const [decided, labels] = [0, 1].map(() => Int16Array.from({ length: 60 }, () => Math.floor(4 * next()) - 1));
  if (decided === undefined || labels === undefined) throw new Error('nothing drawn');
  const readings = [
    { base: 0, strides: [15, 5, 1], offset: [0, 0, 0], shape },
    { base: 59, strides: [-15, -5, -1], offset: [0, 0, 0], shape },
    { base: 4, strides: [15, 5, -1], offset: [0, 0, 0], shape },
    { base: 0, strides: [15, 5, 1], offset: [1, -2, 3], shape },
    { base: 0, strides: [15, 5, 1], offset: [-3, 0, -1], shape },
    { base: 0, strides: [15, 5, 1], offset: [0, 0, 5], shape },
  ];
  for (const reading of readings) {
    const [sampled, whole] = [new Float64Array(9), new Float64Array(9)];
    countAgreement(decided, labels, samplePixels(shape, 1, 60), reading, 3, sampled);
    countWholeAgreement(decided, labels, reading, 3, whole);
    expect(whole).toEqual(sampled);
  }
});
