import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  composed,
  contiguousStrides,
  type Orientation,
  orientationKey,
  orientationName,
  orientationsOf,
  placementKey,
  view,
} from '../../src/core/index.ts';
import { parseLoss } from '../../src/measure/spec.ts';
import { agree, caseOf, type Picture, random, seeded, valueUnder } from '../_arrays.ts';

const ce = parseLoss('ce');
const softmax = view(['softmax']);

/** Values of one image laid down by an orientation, element by element. */
function laidDown(values: readonly number[], shape: readonly number[], { axes, flips }: Orientation): number[] {
  const own = axes.map((axis) => shape[axis] ?? 1);
  const [strides, plain] = [contiguousStrides(shape), contiguousStrides(own)];
  return values.map((_, k) => {
    const from = axes.reduce((at, axis, j) => {
      const x = Math.floor(k / (plain[j] ?? 1)) % (own[j] ?? 1);
      return at + (flips[j] ? (own[j] ?? 1) - 1 - x : x) * (strides[axis] ?? 0);
    }, 0);
    return values[from] ?? Number.NaN;
  });
}

function picture(spatial: readonly number[], images = 1, seed = 3): Picture & { target: number[] } {
  const next = random(seed);
  const pixels = spatial.reduce((a, b) => a * b, 1);
  return {
    prediction: Array.from({ length: 3 * images * pixels }, () => 4 * next() - 2),
    target: Array.from({ length: images * pixels }, () => Math.floor(3 * next())),
    spatial,
    images,
    channels: 3,
  };
}

function expectSame(a: Picture, it: object, b: Picture): void {
  const under = { ...softmax, target: { scale: 1, shift: 0, ...it } };
  const [x, y] = [valueUnder(a, ce, under), valueUnder(b, ce, softmax)];
  expect(agree(x, y, 1e-13), `${x} ${y}`).toBe(true);
}

test('there are 8 orientations of an image and 48 of a volume, all different, the plain one first', () => {
  for (const [rank, count] of [
    [2, 8],
    [3, 48],
  ] as const) {
    const all = orientationsOf(rank);
    expect(new Set(all.map(orientationKey)).size).toBe(count);
    expect(new Set(all.map(orientationName)).size).toBe(count);
    expect(all[0] && orientationName(all[0])).toBe('left as it is');
  }
});

test('a target under an orientation is the target laid down so', () => {
  for (const spatial of [
    [5, 5],
    [3, 3, 3],
  ]) {
    const own = picture(spatial);
    for (const orientation of orientationsOf(spatial.length)) {
      expectSame(own, { orientations: [orientation] }, { ...own, target: laidDown(own.target, spatial, orientation) });
    }
  }
});

test('one orientation after the other is their composition', () => {
  const all = orientationsOf(3);
  const shape = [3, 3, 3];
  const values = Array.from({ length: 27 }, (_, k) => k);
  fc.assert(
    fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (outer, inner) => {
      const twice = laidDown(laidDown(values, shape, inner), shape, outer);
      expect(laidDown(values, shape, composed(outer, inner))).toEqual(twice);
    }),
    seeded(100),
  );
});

test('clockwise and anticlockwise are what they say', () => {
  const named = (name: string): Orientation =>
    orientationsOf(2).find((it) => orientationName(it) === name) as Orientation;
  const turned = (name: string): number[] => laidDown([1, 2, 3, 4], [2, 2], named(name));
  expect(turned('rotated by 90 degrees clockwise')).toEqual([3, 1, 4, 2]);
  expect(turned('rotated by 90 degrees anticlockwise')).toEqual([2, 4, 1, 3]);
  expect(turned('flipped left-right')).toEqual([2, 1, 4, 3]);
  expect(turned('flipped upside down')).toEqual([3, 4, 1, 2]);
});

test('every image may lie in its own way, and be held against another target', () => {
  const own = picture([4, 4], 2);
  const [plain, , flipped] = orientationsOf(2) as [Orientation, Orientation, Orientation];
  const halves = [own.target.slice(0, 16), own.target.slice(16)] as [number[], number[]];
  const second = laidDown(halves[1], [4, 4], flipped);
  expectSame(own, { orientations: [plain, flipped] }, { ...own, target: [...halves[0], ...second] });
  expectSame(own, { images: [1, 0] }, { ...own, target: [...halves[1], ...halves[0]] });
  expectSame(own, { images: [1, 1] }, { ...own, target: [...halves[1], ...halves[1]] });
});

test('a shifted target is read beside its place, and ignored where it comes from outside', () => {
  const own = picture([4, 5]);
  const moved = Array.from({ length: 20 }, (_, k) => {
    const [y, x] = [Math.floor(k / 5) + 1, (k % 5) - 2];
    return y < 4 && x >= 0 ? (own.target[5 * y + x] ?? Number.NaN) : 9;
  });
  expectSame(own, { offset: [1, -2] }, { ...own, target: moved, ignore: [9] });
  const totals = caseOf(own).totals({ ...softmax, target: { scale: 1, shift: 0, offset: [1, -2] } });
  expect([totals.valid[0], totals.ignored[0], totals.unknown]).toEqual([9, 11, 0]);
});

test('a shift works for binary and for one-hot targets as well', () => {
  const next = random(9);
  const target = Array.from({ length: 12 }, () => Number(next() < 0.5));
  const binary: Picture = { prediction: target.map(() => next()), target, spatial: [3, 4], channels: 1 };
  const moved = target.map((_, k) => (k % 4 < 3 ? (target[k + 1] ?? 9) : 9));
  const bce = parseLoss('bce-logits');
  const under = view(['sigmoid'], { target: { scale: 1, shift: 0, offset: [0, 1] } });
  expect(valueUnder(binary, bce, under)).toBeCloseTo(
    valueUnder({ ...binary, target: moved, ignore: [9] }, bce, view(['sigmoid'])),
    12,
  );
  const ids = picture([3, 4]);
  const hot: Picture = {
    ...ids,
    target: Array.from({ length: 36 }, (_, k) => Number(ids.target[k % 12] === Math.floor(k / 12))),
    mode: 'one-hot',
  };
  const all = { ...softmax, target: { scale: 1, shift: 0, offset: [1, 1], classes: [2, 0, 1] } };
  expect(valueUnder(hot, ce, all)).toBeCloseTo(valueUnder(ids, ce, all), 12);
});

test('renamed classes are those of the table; ignored and unknown labels stay so', () => {
  const own = picture([4, 4]);
  const classes = [2, 0, 1];
  expectSame(own, { classes }, { ...own, target: own.target.map((y) => classes[y] ?? y) });
  const odd: Picture = { ...own, target: [255, 7, ...own.target.slice(2)], ignore: [255] };
  const labels = caseOf(odd).labels(0, { ...softmax, target: { scale: 1, shift: 0, classes } });
  expect([...labels.subarray(0, 2)]).toEqual([-1, -2]);
});

test('placements are told apart by their keys, and the plain one has none', () => {
  const keys = [
    { offset: [1, 2] },
    { offset: [12] },
    { images: [1, 2] },
    { classes: [1, 2] },
    { orientations: orientationsOf(2) },
  ];
  expect(new Set(keys.map(placementKey)).size).toBe(keys.length);
  expect(placementKey({})).toBe('');
});
