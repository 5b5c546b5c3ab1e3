import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import { boundaryBands, lossRegions } from '../../src/measures/index.ts';
import { measurementsOf } from '../_arrays.ts';

const asStored = view([], { logs: 'rounded' });

/** p = 1/2 loses ln 2; `#` are pixels that lose twice that. */
function picture(rows: readonly string[], labels: readonly string[]) {
  const prediction = [...rows.join('')].map((mark) => (mark === '#' ? 0.25 : 0.5));
  const target = [...labels.join('')].map((mark) => (mark === '?' ? 255 : Number(mark)));
  // The probability of the side that the pixel is on.
  const own = prediction.map((p, i) => (target[i] === 0 ? 1 - p : p));
  const spatial = [rows.length, rows[0]?.length ?? 0];
  return { channels: 1, spatial, prediction: own, target, ignore: [255] };
}

test('pixels go to the band of their distance to the other label', () => {
  const row = '.'.repeat(24);
  const label = '0'.repeat(12) + '1'.repeat(12);
  const bands = measurementsOf(picture([row, row], [label, label])).get(boundaryBands, asStored);
  expect(bands.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 3],
    [3, 8],
    [8, Infinity],
  ]);
  expect(bands.map(({ pixels }) => 12 * pixels)).toEqual([1, 2, 5, 4].map((n) => expect.closeTo(n, 10)));
  expect(bands.map(({ loss }) => 12 * loss)).toEqual([1, 2, 5, 4].map((n) => expect.closeTo(n, 10)));
});

test('a region left out is a boundary, and belongs to no band', () => {
  const bands = measurementsOf(picture(['#...'], ['?000'])).get(boundaryBands, asStored);
  expect(bands.map(({ pixels }) => 3 * pixels)).toEqual([1, 2, 0, 0].map((n) => expect.closeTo(n, 10)));
});

test('an image with one label has no boundary: everything is far from it', () => {
  const bands = measurementsOf(picture(['.#..'], ['0000'])).get(boundaryBands, asStored);
  expect(bands.at(-1)).toEqual({ from: 8, to: Infinity, pixels: 1, loss: 1 });
});

test('regions are touching pixels of one class, corners included, worst first', () => {
  const rows = ['##..#', '..#..', '##...', '.....'];
  const labels = ['00000', '00000', '11111', '11111'];
  const regions = measurementsOf(picture(rows, labels)).get(lossRegions, asStored)(1, 9);
  expect(regions.map(({ image, label, pixels, box }) => [image, label, pixels, box])).toEqual([
    [0, 0, 3, [0, 0, 2, 3]],
    [0, 1, 2, [2, 0, 3, 2]],
    [0, 0, 1, [0, 4, 1, 5]],
  ]);
  expect(regions[0]?.loss).toBeCloseTo(3 * Math.log(4), 12);
});

test('only the worst are kept, over all images', () => {
  const one = picture(['#.##.#.###'], ['0000000000']);
  const two = { ...one, images: 2, prediction: [...one.prediction, ...one.prediction], target: new Array(20).fill(0) };
  const regions = measurementsOf(two).get(lossRegions, asStored)(1, 3);
  expect(regions.map(({ image, pixels }) => [image, pixels])).toEqual([
    [0, 3],
    [1, 3],
    [0, 2],
  ]);
});

test('of many regions the worst come through', () => {
  const marks = `${'#.'.repeat(40)}###.${'#.'.repeat(40)}`;
  const regions = measurementsOf(picture([marks], ['0'.repeat(marks.length)])).get(lossRegions, asStored)(1, 1);
  expect(regions).toMatchObject([{ pixels: 3, box: [0, 80, 1, 83] }]);
});

test('ignored pixels are no region, and a bound that nothing reaches finds none', () => {
  const it = measurementsOf(picture(['##.'], ['??0'])).get(lossRegions, asStored);
  expect(it(1, 3)).toEqual([]);
  expect(it(9, 3)).toEqual([]);
});

test('volumes have boxes of six numbers', () => {
  const prediction = new Float64Array(27).fill(0.5);
  for (const at of [4, 13, 14]) prediction[at] = 0.9;
  const regions = measurementsOf({ channels: 1, spatial: [3, 3, 3], prediction, target: new Array(27).fill(0) });
  expect(regions.get(lossRegions, asStored)(1, 1)).toMatchObject([{ pixels: 3, box: [0, 1, 1, 2, 2, 3] }]);
});
