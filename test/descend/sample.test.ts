import { describe, expect, test } from 'vitest';
import { ndarray } from '../../src/core/index.ts';
import { descend } from '../../src/index.ts';
import { random } from '../_arrays.ts';

/** A mask whose only pixels of class 2 lie on rows and columns that a grid from the corner would miss. */
function sparse(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    if (row % 4 === 3 && column % 4 === 1) return 2;
    return Number(column > size / 2);
  });
}

describe('a large input', () => {
  const size = 256;
  const next = random(1);
  const logits = ndarray(
    Float32Array.from({ length: 3 * size * size }, () => 4 * next() - 2),
    [3, size, size],
    'float32',
  );
  const mask = ndarray(sparse(size), [size, size], 'uint8');

  test('is thinned to a grid of bounded size, and the report says so', () => {
    const { sample, losses } = descend(logits, mask, { loss: ['ce', 'dice'], steps: 1 });
    expect(sample.of).toBe(size * size);
    expect(sample.everyImage).toBe(1);
    expect(3 * sample.pixels).toBeLessThanOrEqual(2 ** 15);
    expect(sample.pixels).toBe(sample.everyPixel.reduce((all, every) => all * Math.ceil(size / every), 1));
    const counted = losses[0]?.classes.reduce((sum, { pixels }) => sum + pixels, 0);
    expect(counted).toBe(sample.pixels);
  });

  test('keeps its rare class: the grid begins where the class frequencies are nearest to those of the whole', () => {
    const share = 1 / 16;
    const { sample, losses } = descend(logits, mask, { loss: ['ce', 'dice'], steps: 1 });
    const rare = losses[0]?.classes[2]?.pixels ?? 0;
    expect(rare).toBeGreaterThan(0);
    expect(rare / sample.pixels).toBeLessThan(4.1 * share);
  });

  test('many images are thinned as well', () => {
    const batch = ndarray(
      Float32Array.from({ length: 20 * 3 * 64 }, () => 4 * next() - 2),
      [20, 3, 8, 8],
      'float32',
    );
    const masks = ndarray(
      Uint8Array.from({ length: 20 * 64 }, (_, i) => i % 3),
      [20, 8, 8],
      'uint8',
    );
    const { sample } = descend(batch, masks, { loss: ['ce', 'dice'], steps: 1 });
    expect(sample).toEqual({ everyImage: 3, everyPixel: [1, 1], pixels: 7 * 64, of: 20 * 64 });
  });

  test('a small one is taken whole', () => {
    const all = ndarray(
      Float32Array.from({ length: 3 * 64 }, () => next()),
      [3, 8, 8],
      'float32',
    );
    const { sample } = descend(
      all,
      ndarray(
        Uint8Array.from({ length: 64 }, (_, i) => i % 3),
        [8, 8],
        'uint8',
      ),
      { steps: 1 },
    );
    expect(sample).toEqual({ everyImage: 1, everyPixel: [1, 1], pixels: 64, of: 64 });
  });
});
