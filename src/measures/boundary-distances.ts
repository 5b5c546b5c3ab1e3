import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { imageLabels } from './nearness.ts';

/**
 * Squared distance of every pixel to the nearest pixel of any other label, one array per image; ignored pixels count as another label;
 * Infinity where the image holds a single one. In pixels, or in the units of `spacing`.
 */
export function boundaryDistances(spacing: readonly number[] | null): DerivedMeasure<readonly Reals[]> {
  return derived({
    id: `boundary-distances ${spacing ?? 'pixels'}`,
    ofTarget: true,
    needs: { labels: imageLabels },
    compute: ({ labels }, source) => source.squaredDistances(labels, spacing),
  });
}
