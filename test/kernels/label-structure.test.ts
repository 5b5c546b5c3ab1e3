import { expect, test } from 'vitest';
import {
  asLabels,
  countBlocks,
  countIslands,
  countPeaks,
  countRamps,
  flattenRamps,
  levelCodes,
  noRamps,
  toLevels,
} from '../../src/kernels/index.ts';

/** A plane from rows of digits, as many values a row as it is wide. */
function plane(...rows: readonly string[]): { x: Float64Array; shape: number[] } {
  return { x: Float64Array.from(rows.join(''), Number), shape: [rows.length, rows[0]?.length ?? 0] };
}

function ramps(step: number, ...rows: readonly string[]) {
  const { x, shape } = plane(...rows);
  const counts = noRamps();
  countRamps(x, shape, step, counts);
  return counts;
}

test('a change by way of a label in between is graded, one that skips labels is sharp', () => {
  expect(ramps(2, '0003666')).toMatchObject({ graded: 1, sharp: 0, pixels: 1, seen: 7 });
  expect(ramps(2, '000666')).toMatchObject({ graded: 0, sharp: 1, pixels: 0 });
  expect([...ramps(2, '6630002466').kinds]).toEqual([
    ['0 3 6', 1],
    ['0 2 6', 1],
    ['0 4 6', 1],
  ]);
});

test('ramps that skip no label are counted by themselves, with the pixels of the labels on them', () => {
  const found = ramps(2, '0001222', '0001222', '0001233');
  expect(found).toMatchObject({ ordered: 3, graded: 0, sharp: 0, pixels: 0 });
  expect([...found.onOrdered]).toEqual([
    [1, 3],
    [2, 1],
  ]);
});

test('labels in between may be two pixels long, not three', () => {
  expect(ramps(2, '00033666')).toMatchObject({ graded: 1, sharp: 0, pixels: 2 });
  expect(ramps(2, '000333666')).toMatchObject({ graded: 0, sharp: 2, pixels: 0 });
});

test('labels that follow each other are layers, no ramp, unless steps are 1.5 or more on average', () => {
  expect(ramps(2, '0001233')).toMatchObject({ graded: 0, sharp: 0, pixels: 0 });
  expect(ramps(2, '0001244')).toMatchObject({ graded: 0, sharp: 0, pixels: 0 });
  expect(ramps(2, '000133')).toMatchObject({ graded: 1, pixels: 1 });
});

test('a fraction is in between whatever the step, and with fractions a difference of one is sharp', () => {
  const counts = noRamps();
  countRamps(Float64Array.of(0, 0, 0.5, 1, 1, 1, 2, 2), [1, 8], 1, counts);
  expect(counts).toMatchObject({ graded: 1, sharp: 1, pixels: 1 });
});

test('a label beyond both neighbours is an object, and the border ends no ramp', () => {
  expect(ramps(2, '0009000')).toMatchObject({ graded: 0, sharp: 2 });
  expect(ramps(2, '00036')).toMatchObject({ graded: 1 });
  expect(ramps(2, '0003')).toMatchObject({ graded: 0, sharp: 1 });
});

test('columns count as rows do, planes are kept apart', () => {
  expect(ramps(2, '0', '3', '6', '6')).toMatchObject({ graded: 1 });
  const { x } = plane('006', '366');
  const volume = noRamps();
  countRamps(x, [2, 1, 3], 2, volume);
  expect(volume).toMatchObject({ graded: 0, sharp: 2 });
});

test('ramps and fractions take the label of the nearest pixel that is on none', () => {
  const { x, shape } = plane('0002466', '0002466', '0000666');
  flattenRamps(x, shape);
  expect([...x].join('')).toBe('000066600006660000666');
  const alone = Float64Array.of(0.5, 1, 1, 1, 1.5, 2, 2);
  flattenRamps(alone, [1, 7]);
  expect([...alone]).toEqual([1, 1, 1, 1, 1, 2, 2]);
});

test('a plane of nothing but fractions stays as it is', () => {
  const x = Float64Array.of(0.5, 0.25, 0.5);
  flattenRamps(x, [1, 3]);
  expect([...x]).toEqual([0.5, 0.25, 0.5]);
});

test('pieces touch along edges and corners in a plane, face to face between planes', () => {
  const { x, shape } = plane('1002', '0100', '3011');
  expect([...countIslands(x, shape)].sort(([a], [b]) => a - b)).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 1],
  ]);
  const volume = plane('10', '01').x;
  expect(countIslands(volume, [2, 1, 2]).get(1)).toBe(2);
  expect(countIslands(plane('11', '11').x, [2, 1, 2]).get(1)).toBe(1);
});

test('each value is on a level or off it', () => {
  const codes = new Int8Array(4);
  levelCodes(Float64Array.of(0, 7, 250, 255), [0, 255], codes);
  expect([...codes]).toEqual([0, -1, -2, 1]);
});

test('a peak is above or below both neighbours of its row or column', () => {
  const { x, shape } = plane('000', '050', '000');
  const codes = Int8Array.from(x, (v) => (v > 0 ? -1 : 0));
  expect(countPeaks(x, codes, shape[0] ?? 0, shape[1] ?? 0)).toEqual({ off: 1, peaks: 1 });
  const slope = plane('0123', '1234', '2345');
  expect(countPeaks(slope.x, new Int8Array(12).fill(-1), 3, 4)).toEqual({ off: 12, peaks: 0 });
});

test('blocks off the levels are counted on the grid that is asked for, with those that no outline crosses', () => {
  const codes = new Int8Array(16 * 16);
  codes[0] = -1;
  codes[7] = 1;
  codes[8] = -1;
  expect(countBlocks(codes, 16, 16, 0, 0)).toEqual({ blocks: 2, plain: 1 });
  expect(countBlocks(codes, 16, 16, 4, 4)).toEqual({ blocks: 2, plain: 1 });
  expect(countBlocks(codes, 16, 16, 0, 1)).toEqual({ blocks: 2, plain: 1 });
});

test('values become the class of the nearest level, half way the one that stands first', () => {
  const x = Float64Array.of(0, 127, 127.5, 128, 255, 300);
  toLevels(
    x,
    [
      [0, 0],
      [255, 1],
    ],
    1,
    6,
    6,
  );
  expect([...x]).toEqual([0, 0, 0, 1, 1, 1]);
});

test('whole numbers below the number of classes are labels, ignored pixels stay so', () => {
  const labels = Int32Array.of(0, -1, 0, 0, 0);
  asLabels(Float64Array.of(2, 1, 3, 0.5, -1), labels, 3, 5);
  expect([...labels]).toEqual([2, -1, -2, -2, -2]);
});
