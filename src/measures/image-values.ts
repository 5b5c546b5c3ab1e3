import { type DerivedMeasure, derived } from '../core/index.ts';
import { addDistinct } from '../kernels/index.ts';

/** Pixels that are looked at together. */
const run = 65_536;

/** The distinct stored values of the target, ascending, image by image. */
export const imageValues: DerivedMeasure<readonly (readonly number[])[]> = derived({
  id: 'image-values',
  ofTarget: true,
  needs: {},
  compute: (_values, source) =>
    Array.from({ length: source.images }, (_, image) => {
      const distinct = new Set<number>();
      for (let start = 0; start < source.pixels; start += run) {
        addDistinct(source.stored(image, start, Math.min(run, source.pixels - start)), distinct);
      }
      return [...distinct].sort((a, b) => a - b);
    }),
});
