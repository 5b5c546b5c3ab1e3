import { expect, test } from 'vitest';
import { view } from '../../src/core/index.ts';
import {
  imageValues,
  overlappingDecisions,
  targetBlocks,
  targetIslands,
  targetRamps,
} from '../../src/measures/index.ts';
import { measurementsOf, type Picture } from '../_arrays.ts';

const asIs = view([]);

function picture(changes: Partial<Picture> & Pick<Picture, 'target' | 'spatial'>): Picture {
  const { target, spatial, images = 1, channels = 1 } = changes;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  void target;
  return { prediction: new Array<number>(images * channels * pixels).fill(0), channels, ...changes };
}

test('stored values are looked at as they are, whatever is ignored or beyond the classes', () => {
  const it = measurementsOf(picture({ target: [255, 255, 7, 3], spatial: [2, 2], ignore: [255] }));
  expect(it.get(imageValues, asIs)).toEqual([[3, 7, 255]]);
  expect([...(it.get(targetIslands, asIs)[0] ?? [])]).toEqual([
    [255, 1],
    [7, 1],
    [3, 1],
  ]);
});

test('values and pieces are counted image by image', () => {
  const it = measurementsOf(picture({ target: [0, 1, 0, 1, 0, 255, 0, 0], spatial: [2, 2], images: 2 }));
  expect(it.get(imageValues, asIs)).toEqual([
    [0, 1],
    [0, 255],
  ]);
  expect(it.get(targetIslands, asIs).map((image) => image.get(1))).toEqual([1, undefined]);
});

test('ramps are added up over images and planes', () => {
  const row = [0, 0, 3, 6, 6];
  const it = measurementsOf(picture({ target: [...row, ...row], spatial: [1, 5], images: 2 }));
  // The stored numbers of a test picture are not profiled: without a share of whole numbers the step is that of labels.
  expect(it.get(targetRamps, asIs)).toMatchObject({ graded: 2, pixels: 2, seen: 10 });
  const volume = measurementsOf(picture({ target: [...row, ...row], spatial: [2, 1, 5] }));
  expect(volume.get(targetRamps, asIs)).toMatchObject({ graded: 2, pixels: 2, seen: 10 });
});

test('decisions above 1/2 are counted per pixel where channels are separate questions', () => {
  const prediction = [0.9, 0.2, 0.6, 0.8, 0.1, 0.5];
  const target = [1, 0, 1, 1, 0, 0];
  const it = { prediction, target, spatial: [1, 3], channels: 2 } as const;
  expect([...measurementsOf({ ...it, kind: 'multilabel', mode: 'dense' }).get(overlappingDecisions, asIs)]).toEqual([
    1, 1, 1,
  ]);
  expect([...measurementsOf({ ...it, mode: 'one-hot' }).get(overlappingDecisions, asIs)]).toEqual([0, 0, 0]);
});

test('changes at the borders of blocks are held against the next place, straight edges left out', () => {
  const side = 64;
  const blocks = (label: (y: number, x: number) => number) => {
    const target = Array.from({ length: side * side }, (_, i) => label(Math.floor(i / side), i % side));
    return measurementsOf(picture({ target, spatial: [side, side] })).get(targetBlocks, asIs);
  };
  const block = (k: number): number => Math.floor(k / 8);
  // Another label in every block of a chessboard, and noise in every fifth pixel.
  const noisy = blocks((y, x) => 4 * ((block(y) + block(x)) % 2) + Number((y * 7 + x * 3) % 5 === 0));
  expect(Math.min(...noisy.along)).toBeGreaterThan(1.5);
  expect(Math.min(...noisy.inside)).toBeGreaterThan(0.3);
  expect(noisy.ones).toBeGreaterThan(0.5);
  expect(blocks((y, x) => 2 * ((block(y) + block(x)) % 2)).ones).toBe(0);
  // Magnified eight times: nothing within the blocks.
  expect(blocks((y, x) => (block(y) + block(x)) % 2).inside).toEqual([Number.NaN, Number.NaN]);
  // One edge across and one down, both at the border of a block.
  const edges = blocks((y, x) => 4 * Number(y < 16) + 8 * Number(x < 24) + Number((y * 7 + x * 3) % 5 === 0));
  expect(Math.max(...edges.along)).toBeLessThan(1.3);
});
