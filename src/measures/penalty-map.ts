import { type DerivedMeasure, type DistanceWeights, derived } from '../core/index.ts';
import { type PenaltyNumbers, penaltyRows, squareRanges, sumPenalty } from '../kernels/index.ts';
import { addInto } from './_curve.ts';
import { boundaryDistances } from './boundary-distances.ts';
import { imageLabels } from './nearness.ts';

/** Weight per pixel, and its sum per row of the per-class table. */
export interface PenaltyMap extends DistanceWeights {
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
      const rows = pictures.map((labels, image) => {
        const distances = squared[image] ?? new Float64Array(0);
        const table = penaltyRows(squareRanges(distances, labels, source.rows), numbers);
        addInto(sums, sumPenalty(distances, labels, table, numbers));
        return table;
      });
      return { squared, rows, plus, inverse, clip, sums };
    },
  });
}
