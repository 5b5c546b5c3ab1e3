import { type DerivedMeasure, derived } from '../core/index.ts';
import { type PenaltyNumbers, penalty } from '../kernels/index.ts';
import { boundaryDistances } from './boundary-distances.ts';
import { imageLabels } from './nearness.ts';

/** Weight per pixel, one array per image, and its sum per row of the per-class table. */
export interface PenaltyMap {
  readonly maps: readonly Float64Array[];
  readonly sums: Float64Array;
}

/**
 * Weights that grow towards the boundary of the pixel's own class, from the exact Euclidean distance to the
 * nearest pixel of any other label (ignored pixels count as another label). Pixel units, or those of `spacing`.
 * Caliva et al. 2019, "Distance map loss penalty term for semantic segmentation", arXiv 1908.03679.
 */
export function penaltyMap(numbers: PenaltyNumbers, spacing: readonly number[] | null): DerivedMeasure<PenaltyMap> {
  const { plus, normalise, inverse, clip } = numbers;
  return derived({
    id: `penalty-map ${plus} ${normalise} ${inverse} ${clip} ${spacing ?? 'pixels'}`,
    ofTarget: true,
    needs: { labels: imageLabels, squared: boundaryDistances(spacing) },
    compute({ labels: pictures, squared }, source) {
      const sums = new Float64Array(source.rows);
      const maps: Float64Array[] = [];
      for (const [image, labels] of pictures.entries()) {
        const map = (squared[image] ?? new Float64Array(0)).slice();
        penalty(map, labels, source.rows, numbers);
        for (let i = 0; i < labels.length; i++) {
          const row = labels[i] ?? -1;
          if (row >= 0) sums[row] = (sums[row] ?? 0) + (map[i] ?? 0);
        }
        maps.push(map);
      }
      return { maps, sums };
    },
  });
}
