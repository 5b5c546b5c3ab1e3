import { describe, expect, test } from 'vitest';
import {
  binaryRows,
  countLabels,
  countTargets,
  countValid,
  fromOneHot,
  lookUp,
  maskIgnored,
} from '../../src/kernels/index.ts';

describe('looking up class ids', () => {
  const table = { from: -1, classes: Int32Array.from([-1, 0, 1, -2, 2]) };

  test.each([
    ['the first entry', -1, -1],
    ['a class', 0, 0],
    ['a value in the table that is no class', 2, -2],
    ['the last entry', 3, 2],
    ['a value below the table', -2, -2],
    ['a value above the table', 4, -2],
    ['a fraction', 0.5, -2],
    ['NaN', Number.NaN, -2],
    ['Infinity', Infinity, -2],
    ['minus zero', -0, 0],
  ])('%s', (_, value, want) => {
    const out = new Int32Array(1);
    lookUp(Float64Array.of(value), table, out, 1);
    expect(out[0]).toBe(want);
  });

  test('an empty table knows no class', () => {
    const out = new Int32Array(2);
    lookUp(Float64Array.of(0, 1), { from: 0, classes: new Int32Array(0) }, out, 2);
    expect([...out]).toEqual([-2, -2]);
  });

  test('stops at the count', () => {
    const out = Int32Array.of(7, 7, 7);
    lookUp(Float64Array.of(1, 1, 1), table, out, 2);
    expect([...out]).toEqual([1, 1, 7]);
  });
});

describe('masking ignored pixels of dense targets', () => {
  const targets = Float64Array.of(0, 1, 255, 0, 1, 255, 0, 1);

  test('drops a pixel when any of its channels holds an ignored value', () => {
    const out = new Int32Array(4);
    maskIgnored(targets, [255], out, 2, 4, 4);
    expect([...out]).toEqual([0, -1, -1, 0]);
  });

  test('drops nothing when nothing is ignored, and forgets the last tile', () => {
    const out = Int32Array.of(-1, -1, -1, -1);
    maskIgnored(targets, [], out, 2, 4, 4);
    expect([...out]).toEqual([0, 0, 0, 0]);
  });

  test('can ignore NaN', () => {
    const out = new Int32Array(2);
    maskIgnored(Float64Array.of(Number.NaN, 1), [Number.NaN], out, 1, 2, 2);
    expect([...out]).toEqual([-1, 0]);
  });
});

test('a one-hot pixel has the id of its channel, an empty one is ignored, of two the last counts', () => {
  const out = new Int32Array(4);
  fromOneHot(Float64Array.of(1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1), out, 3, 4, 4);
  expect([...out]).toEqual([0, 1, -1, 2]);
});

test('the rows of a binary target are its two sides, ignored pixels none', () => {
  const out = new Int32Array(5);
  binaryRows(Float64Array.of(0, 1, 0.5, 0.51, 1), Int32Array.of(0, 0, 0, 0, -1), out, 5);
  expect([...out]).toEqual([0, 1, 0, 1, -1]);
});

describe('counting', () => {
  test('labels: classes, then ignored, then unknown', () => {
    const counts = new Float64Array(5);
    countLabels(Int32Array.of(0, 2, 2, -1, -2, -2, -2, 1), counts, 3, 7);
    expect([...counts]).toEqual([1, 0, 2, 1, 3]);
  });

  test('valid pixels', () => {
    expect(countValid(Int32Array.of(0, -1, 3, -2, 0, 0), 5)).toBe(3);
  });

  test('targets: members above one half and the rest, with sums and squares', () => {
    const totals = new Float64Array(10);
    const targets = Float64Array.of(1, 0.75, 0.5, 0, 99, 0.25, 0.25, 0.25, 1, 99);
    countTargets(targets, Int32Array.of(0, 0, 0, -1, 0), totals, 2, 5, 4);
    expect([...totals]).toEqual([2, 1.75, 1.5625, 0.5, 0.25, 0, 0, 0, 0.75, 0.1875]);
  });
});
