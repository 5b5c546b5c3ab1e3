import type { Reals, WrongAxis } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from './arrays.ts';

/** Pixels that are read at a time. */
const run = 8192;

/** Turns a run of scores of one channel into the logarithms of a softmax, in place. */
export type Normaliser = (z: Reals, image: number, channel: number, start: number) => void;

/** The softmax of a prediction, whose largest score is known, over other axes than the classes; looks at all of it once. */
export function normalisers(
  prediction: Stack,
  largest: number,
  axes: readonly WrongAxis[],
): Map<WrongAxis, Normaliser> {
  const { images, channels, spatial } = prediction;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const all = axes.map((over) => {
    const { length, inner } = extent(spatial, over);
    const at = (image: number, channel: number): number => (over === 'N' ? 0 : image * channels) + channel;
    const tables = Array.from(
      { length: over === 'N' ? channels : images * channels },
      () => new Float64Array(pixels / length),
    );
    return { over, length, inner, at, tables };
  });
  const values = new Float64Array(Math.min(run, pixels));
  for (let image = 0; image < images; image++) {
    for (let start = 0; start < pixels; start += run) {
      for (let c = 0; c < channels; c++) {
        const own = values.subarray(0, Math.min(run, pixels - start));
        kernel.gather(plane(prediction, image, c), start, own.length, own, 0);
        kernel.affine(own, 1, -largest, own, 1, own.length, own.length);
        kernel.exp(own, own, 1, own.length, own.length);
        for (const { tables, at, length, inner } of all) {
          kernel.sumAlongAxis(own, start, length, inner, tables[at(image, c)] as Float64Array);
        }
      }
    }
  }
  return new Map(
    all.map(({ over, tables, at, length, inner }) => {
      const logSums = tables.map((sums) => sums.map((sum) => largest + Math.log(sum)));
      return [
        over,
        (z, image, channel, start) => {
          kernel.subtractLogSums(z, start, length, inner, logSums[at(image, channel)] as Float64Array);
        },
      ];
    }),
  );
}

/** Pixels of a group, and how far apart they lie; of images every pixel is a group of its own. */
function extent(spatial: readonly number[], over: WrongAxis): { length: number; inner: number } {
  const product = (lengths: readonly number[]): number => lengths.reduce((a, b) => a * b, 1);
  if (over === 'N') return { length: 1, inner: product(spatial) };
  if (over === 'space') return { length: product(spatial), inner: 1 };
  const axis = 'DHW'.slice(-spatial.length).indexOf(over);
  return { length: spatial[axis] ?? 1, inner: product(spatial.slice(axis + 1)) };
}
