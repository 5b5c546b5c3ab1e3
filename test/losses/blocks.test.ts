import { describe, expect, test } from 'vitest';
import { tileLength } from '../../src/measure/case.ts';
import { evaluate, type Picture, random } from '../_arrays.ts';

/** Pixels in runs of one class, a few of them ignored. */
function picture(channels: number, spatial: readonly number[], images: number, seed: number): Picture {
  const next = random(seed);
  const pixels = spatial.reduce((a, b) => a * b, 1);
  let label = 0;
  const target = Array.from({ length: images * pixels }, () => {
    if (next() < 0.02) label = Math.floor(next() * channels);
    return next() < 0.01 ? 255 : label;
  });
  const prediction = Float64Array.from({ length: images * channels * pixels }, () => 6 * next() - 3);
  return { prediction, target, spatial, images, channels, ignore: [255] };
}

interface Pixel {
  readonly image: number;
  readonly y: number;
  readonly p: readonly number[];
}

/** Softmax of every valid pixel. */
function pixelsOf({ prediction, target, channels, spatial, images = 1 }: Picture): Pixel[] {
  const pixels = spatial.reduce((a, b) => a * b, 1);
  return Array.from({ length: images * pixels }, (_, k) => {
    const [image, i] = [Math.floor(k / pixels), k % pixels];
    const z = Array.from({ length: channels }, (_unused, c) => prediction[(image * channels + c) * pixels + i] ?? 0);
    const exps = z.map(Math.exp);
    const sum = exps.reduce((a, b) => a + b, 0);
    return { image, y: target[k] ?? 255, p: exps.map((e) => e / sum) };
  }).filter(({ y }) => y !== 255);
}

function total(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

const surprise = ({ p, y }: Pixel): number => -Math.log(p[y] ?? 0);

/** Losses written down as their formulas read. */
const naive: Readonly<Record<string, (pixels: readonly Pixel[], it: Picture) => number>> = {
  ce: (pixels) => total(pixels.map(surprise)) / pixels.length,
  focal: (pixels) => total(pixels.map((it) => (1 - (it.p[it.y] ?? 0)) ** 2 * surprise(it))) / pixels.length,
  topk: (pixels, { target }) => {
    const n = Math.floor(target.length / 10);
    const sorted = pixels.map(surprise).sort((a, b) => b - a);
    return total(sorted.slice(0, n)) / n;
  },
  dice: (pixels, it) => total(cells(pixels, it, (own, c) => diceOf(own, c, 1e-5))) / (it.channels * (it.images ?? 1)),
  'dice:batch=true,smooth=1': (pixels, it) =>
    total(Array.from({ length: it.channels }, (_, c) => diceOf(pixels, c, 1))) / it.channels,
  ss: (pixels, it) =>
    total(cells(pixels, it, (own, c) => sensitivitySpecificity(own, c))) / (it.channels * (it.images ?? 1)),
};

/** One number per image and class. */
function cells(pixels: readonly Pixel[], it: Picture, score: (own: readonly Pixel[], c: number) => number): number[] {
  return Array.from({ length: it.images ?? 1 }, (_, image) => pixels.filter((pixel) => pixel.image === image)).flatMap(
    (own) => Array.from({ length: it.channels }, (_, c) => score(own, c)),
  );
}

function diceOf(pixels: readonly Pixel[], c: number, s: number): number {
  const both = total(pixels.map(({ p, y }) => (y === c ? (p[c] ?? 0) : 0)));
  return 1 - (2 * both + s) / (total(pixels.map(({ p }) => p[c] ?? 0)) + pixels.filter(({ y }) => y === c).length + s);
}

function sensitivitySpecificity(pixels: readonly Pixel[], c: number): number {
  const inside = pixels.filter(({ y }) => y === c);
  const outside = pixels.filter(({ y }) => y !== c);
  const r = 0.05;
  return (
    (r * total(inside.map(({ p }) => (1 - (p[c] ?? 0)) ** 2))) / (inside.length + 1e-5) +
    ((1 - r) * total(outside.map(({ p }) => (p[c] ?? 0) ** 2))) / (outside.length + 1e-5)
  );
}

/** Distance penalty along one row of pixels: to the nearest pixel of another label, looking left and right. */
function naiveDpce(it: Picture): number {
  const pixels = it.target.length / (it.images ?? 1);
  const valid = pixelsOf(it);
  let at = 0;
  let sum = 0;
  for (let image = 0; image < (it.images ?? 1); image++) {
    const labels = Array.from(it.target).slice(image * pixels, (image + 1) * pixels);
    const d = new Array<number>(pixels).fill(Infinity);
    for (const step of [1, -1]) {
      let run = Infinity;
      for (let k = 0; k < pixels; k++) {
        const i = step === 1 ? k : pixels - 1 - k;
        run = k > 0 && labels[i] !== labels[i - step] ? 1 : run + 1;
        d[i] = Math.min(d[i] ?? Infinity, run);
      }
    }
    const deepest = (y: number): number =>
      labels.reduce((most, label, i) => (label === y ? Math.max(most, d[i] ?? 0) : most), 0);
    const shallowest = (y: number): number =>
      labels.reduce((least, label, i) => (label === y ? Math.min(least, d[i] ?? 0) : least), Infinity);
    const deep = new Map(labels.map((y) => [y, { most: 0, least: 0 }]));
    for (const y of deep.keys()) deep.set(y, { most: deepest(y), least: shallowest(y) });
    labels.forEach((y, i) => {
      if (y === 255) return;
      const { most, least } = deep.get(y) ?? { most: 0, least: 0 };
      const r = most > least ? (most - (d[i] ?? 0)) / (most - least) : 0;
      sum += (1 + r) * surprise(valid[at++] as Pixel);
    });
  }
  return sum / valid.length;
}

/** Around the end of a tile and of a block of eight tiles, in one image and in several. */
const sizes = [
  { channels: 3, spatial: [1, 8191], images: 1 },
  { channels: 3, spatial: [1, 8192], images: 1 },
  { channels: 3, spatial: [1, 8193], images: 2 },
  { channels: 2, spatial: [1, 65_536], images: 2 },
  { channels: 2, spatial: [1, 65_537], images: 1 },
  { channels: 2, spatial: [33, 500], images: 1 },
  { channels: 2, spatial: [3, 37, 61], images: 2 },
  { channels: 40, spatial: [1, 4097], images: 1 },
  { channels: 300, spatial: [1, 511], images: 1 },
  { channels: 300, spatial: [1, 512], images: 1 },
  { channels: 300, spatial: [1, 513], images: 2 },
];

test('tiles have 8,192 pixels, fewer for many channels, never below 256', () => {
  expect([1, 20, 21, 40, 128, 300, 1000].map(tileLength)).toEqual([8192, 8192, 7680, 4096, 1280, 512, 256]);
});

describe.each(sizes)('$images images of $spatial pixels with $channels channels', ({ channels, spatial, images }) => {
  const it = picture(channels, spatial, images, channels + spatial.length);
  const pixels = pixelsOf(it);

  test.each(Object.keys(naive))('%s is its formula', (spec) => {
    const want = naive[spec]?.(pixels, it) ?? Number.NaN;
    expect(Math.abs(evaluate(it, spec).value / want - 1)).toBeLessThan(1e-11);
  });

  test('the gradient of ce is p - g over the number of pixels', () => {
    const squares = pixels.map(({ p, y }) => total(p.map((q, c) => (q - Number(c === y)) ** 2)));
    const { gradient } = evaluate(it, 'ce');
    expect(gradient?.l2).toBeCloseTo(Math.sqrt(total(squares)) / pixels.length, 13);
    const faint = pixels.filter(({ p, y }) => p.every((q, c) => Math.abs(q - Number(c === y)) < 1e-6 * pixels.length));
    expect(gradient?.vanishing).toBe(faint.length / pixels.length);
    const own = total(squares.filter((_, k) => pixels[k]?.y === 1)) / total(squares);
    expect(gradient?.perClass[1]).toBeCloseTo(own, 12);
  });
});

describe('the distance map keeps in step with the tiles', () => {
  test.each([8191, 8192, 8193, 16_385, 65_537])('along a row of %d pixels', (length) => {
    const it = picture(2, [1, length], 2, length);
    expect(evaluate(it, 'dpce').value).toBeCloseTo(naiveDpce(it), 12);
  });
});

test('TopK keeps exactly n pixels across tiles, and they alone have a gradient', () => {
  const it = picture(3, [1, 20_000], 1, 9);
  const { gradient } = evaluate(
    { ...it, ignore: [], target: Array.from(it.target, (y) => (y === 255 ? 0 : y)) },
    'topk:k=10',
  );
  expect(gradient?.vanishing).toBe(0.9);
});
