import { describe, expect, test } from 'vitest';
import type { DType, StoredArray } from '../../src/core/index.ts';
import { type DiagnoseOptions, requestOf } from '../../src/options.ts';
import { runCase } from '../../src/pipeline.ts';
import { npy } from '../../src/readers/npy.ts';
import { random } from '../_arrays.ts';
import { encodeNpy, type NpyParts } from '../readers/_encode-npy.ts';
import { openSource } from '../readers/_memory.ts';

const [height, width, channels] = [97, 131, 3];
const pixels = height * width;

/** Both arrays as they are read, and as they are left in their files. */
async function both(parts: NpyParts): Promise<[read: StoredArray, left: StoredArray]> {
  const source = openSource(encodeNpy(parts));
  if (npy.leave === undefined) throw new Error('.npy has its numbers at known places');
  return [await npy.read(source), await npy.leave(source)];
}

/** Scores with a few values that are not finite, as a file of some type holds them. */
function scores(shape: readonly number[], parts: Partial<NpyParts> = {}, bad = true): NpyParts {
  const next = random(3);
  const values = Array.from({ length: channels * pixels }, () => Math.round(4096 * (4 * next() - 2)) / 1024);
  if (bad) [values[70], values[pixels + 9000], values[20_000]] = [Number.NaN, -Infinity, Infinity];
  return { values, shape, ...parts };
}

function mask(dtype: DType): NpyParts {
  const values = Array.from({ length: pixels }, (_, i) => [0, 1, 2, 255][(i >> 6) % 4] ?? 0);
  return { values, dtype, shape: [height, width] };
}

const chw = [channels, height, width];
const options: DiagnoseOptions = { loss: ['ce', 'dice'], ignoreIndex: [255], table: 'none' };

describe('what is left in its file is judged as what is in memory', () => {
  test.each<[string, NpyParts, DType]>([
    ['single precision', scores(chw), 'uint8'],
    ['without a flaw', scores(chw, {}, false), 'uint8'],
    ['half precision', scores(chw, { dtype: 'float16' }), 'int64'],
    ['double precision', scores(chw, { dtype: 'float64' }), 'uint8'],
    ['big-endian numbers', scores(chw, { bigEndian: true }), 'int16'],
    ['Fortran order', scores(chw, { fortran: true }), 'uint8'],
    ['channels last', scores([height, width, channels]), 'float32'],
  ])('%s', async (_, prediction, dtype) => {
    const [predictions, targets] = [await both(prediction), await both(mask(dtype))];
    const [here, there] = predictions.map((array, k) =>
      runCase('a', { path: 'p', array }, { path: 't', array: targets[k] as StoredArray }, requestOf(options)),
    );
    expect(there).toEqual(here);
    expect(here?.target.ignored).toBe(3136);
  });
});

test('images that lie among each other are judged as images one after the other', async () => {
  const [images, side] = [3, 150];
  const next = random(5);
  const values = Array.from(
    { length: images * channels * side * side },
    () => Math.round(4096 * (4 * next() - 2)) / 1024,
  );
  const ids = Array.from({ length: images * side * side }, (_, i) => (i >> 5) % channels);
  const truth = await npy.read(openSource(encodeNpy({ values: ids, dtype: 'uint8', shape: [images, side, side] })));
  const [plain, turned] = await Promise.all(
    [false, true].map((fortran) => both({ values, shape: [images, channels, side, side], fortran })),
  );
  const losses = ([, array]: readonly StoredArray[]) =>
    runCase(
      'a',
      { path: 'p', array: array as StoredArray },
      { path: 't', array: truth },
      requestOf(options),
    ).losses.map(({ gradient, ...own }) => own);
  expect(losses(turned as StoredArray[])).toEqual(losses(plain as StoredArray[]));
});
