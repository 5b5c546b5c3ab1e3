import { type DerivedMeasure, derived } from '../core/index.ts';

/** The distinct stored values of the target, ascending, image by image. */
export const imageValues: DerivedMeasure<readonly (readonly number[])[]> = derived({
  id: 'image-values',
  ofTarget: true,
  needs: {},
  compute: (_values, source) =>
    Array.from({ length: source.images }, (_, image) => [...new Set(source.stored(image))].sort((a, b) => a - b)),
});
