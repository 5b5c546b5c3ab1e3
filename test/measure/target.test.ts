import { describe, expect, test } from 'vitest';
import { type View, view } from '../../src/core/index.ts';
import { caseOf, type Picture, random } from '../_arrays.ts';

const next = random(5);
const [height, width] = [90, 110];
const pixels = height * width;
const prediction = new Float64Array(2 * 3 * pixels);

function picture(values: readonly number[], channels: number, type: 'uint8' | 'int16'): Picture {
  const target = Array.from({ length: 2 * pixels }, () => values[Math.floor(values.length * next() ** 2)] ?? 0);
  return {
    prediction: prediction.subarray(0, 2 * channels * pixels),
    target,
    spatial: [height, width],
    images: 2,
    channels,
    ignore: [255],
    targetStorage: { layout: 'NHW', type },
  };
}

const views: readonly (readonly [string, Partial<View>])[] = [
  ['as it is', {}],
  ['another value ignored', { ignore: [2] }],
  ['void counted as a class', { voidClass: 1 }],
  ['divided by 2', { target: { scale: 1 / 2, shift: 0 } }],
  ['turned round', { target: { scale: -1, shift: 2 } }],
  [
    'read at levels',
    {
      target: {
        scale: 1,
        shift: 0,
        levels: [
          [0, 0],
          [2, 1],
          [255, 2],
        ],
      },
    },
  ],
  ['with other classes', { target: { scale: 1, shift: 0, classes: [1, 2, 0] } }],
  ['moved', { target: { scale: 1, shift: 0, offset: [3, -5] } }],
  ['with its images swapped', { target: { scale: 1, shift: 0, images: [1, 0] } }],
  ['with its ramps flattened', { target: { scale: 1, shift: 0, flat: true } }],
];

describe.each([
  ['class ids', [0, 1, 2, 7, 255], 3],
  ['zeros and ones', [0, 1, 255], 1],
])('%s as bytes', (_, values, channels) => {
  const bytes = picture(values, channels, 'uint8');
  const [a, b] = [caseOf(bytes), caseOf({ ...bytes, targetStorage: { layout: 'NHW', type: 'int16' } })];

  test.each(views)('are read as wider integers are, %s', (_name, change) => {
    const it = view(['softmax'], change);
    for (const image of [0, 1]) {
      expect(a.labels(image, it)).toEqual(b.labels(image, it));
      expect(a.targets(image, it)).toEqual(b.targets(image, it));
    }
    expect(a.totals(it)).toEqual(b.totals(it));
    expect(tilesOf(a, it)).toEqual(tilesOf(b, it));
  });
});

/** Labels and targets tile by tile. */
function tilesOf(source: ReturnType<typeof caseOf>, under: View): number[][] {
  const out: number[][] = [];
  source.tiles([under], ([tile]) => {
    if (tile === undefined) return;
    out.push([...tile.labels.subarray(0, tile.count)], [...(tile.targets?.subarray(0, tile.count) ?? [])]);
  });
  return out;
}
