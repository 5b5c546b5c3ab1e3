import { type DerivedMeasure, derived } from '../core/index.ts';
import { addBands } from '../kernels/index.ts';
import { mostSurprise } from './_pixel-losses.ts';
import { boundaryDistances } from './boundary-distances.ts';
import { imageLabels } from './nearness.ts';
import { rankedLosses } from './ranked-losses.ts';

/** The valid pixels by their distance to the nearest boundary between labels, in pixels. */
export interface Band {
  readonly from: number;
  /** Infinity for the last. */
  readonly to: number;
  /** Share of the valid pixels, and of their cross-entropy. */
  readonly pixels: number;
  readonly loss: number;
}

/** A pixel that touches another label is at distance 1. */
const edges = [1, 3, 8];

/** Where the cross-entropy lies, by distance to the boundary. Binary and exclusive targets. */
export const boundaryBands: DerivedMeasure<readonly Band[]> = derived({
  id: 'boundary-bands',
  late: true,
  needs: { ranked: rankedLosses(null), labels: imageLabels, squared: boundaryDistances(null) },
  compute({ ranked, labels, squared }, { pixels }) {
    const counts = new Float64Array(edges.length + 1);
    const sums = new Float64Array(edges.length + 1);
    for (const [image, own] of labels.entries()) {
      addBands(ranked.image(image), own, squared[image] ?? new Float64Array(pixels), edges, mostSurprise, counts, sums);
    }
    const [all, loss] = [counts, sums].map((column) => column.reduce((a, b) => a + b, 0)) as [number, number];
    return [...counts].map((n, band) => ({
      from: edges[band - 1] ?? 0,
      to: edges[band] ?? Infinity,
      pixels: n / all,
      loss: (sums[band] ?? 0) / loss,
    }));
  },
});
