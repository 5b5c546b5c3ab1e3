import { type DerivedMeasure, derived } from '../core/index.ts';
import { countIslands } from '../kernels/index.ts';

/** Connected pieces of each stored label, image by image. */
export const targetIslands: DerivedMeasure<readonly ReadonlyMap<number, number>[]> = derived({
  id: 'target-islands',
  ofTarget: true,
  needs: {},
  compute: (_values, source) =>
    Array.from({ length: source.images }, (_, image) => countIslands(source.stored(image), source.spatial)),
});
