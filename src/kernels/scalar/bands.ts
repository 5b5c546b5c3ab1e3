import type { Labels, Reals } from './reals.ts';

/**
 * Adds the valid pixels of an image, and their losses (at most `ceiling` each, NaN as 0), to the band of their distance: the first whose
 * upper edge they do not exceed, or the last.
 */
export function addBands(
  losses: Reals,
  labels: Labels,
  squared: Reals,
  edges: readonly number[],
  ceiling: number,
  counts: Float64Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) continue;
    let band = 0;
    while (band < edges.length && squared[i] > edges[band] * edges[band]) band++;
    counts[band]++;
    if (losses[i] > 0) sums[band] += Math.min(losses[i], ceiling);
  }
}
