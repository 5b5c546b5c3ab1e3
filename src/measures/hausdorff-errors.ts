import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { bogusDistances, weighErrors } from '../kernels/index.ts';
import { fillChannel, fillTarget } from './_channels.ts';
import { roomForMap } from './_maps.ts';
import { MaskRoom } from './_mask-room.ts';
import { edgeSquares } from './edge-squares.ts';
import { wholeImages } from './whole-images.ts';

/** Squared errors weighed by distances to the boundaries. */
export interface HausdorffErrors {
  /** Sum of (p - g)^2 w per channel. */
  readonly sums: Float64Array;
  /** 2 (p - g) w, per image, channel c of pixel i at [c * pixels + i]; the sums are a by-product. */
  slopes(): readonly Reals[];
  readonly valid: number;
}

/** What becomes of a mask without an edge: distance 0 for both, for the empty one only, or what scipy happens to give. */
export type EdgeGuard = 'both' | 'empty' | 'none';

/**
 * (p - g)^2 (d_p^alpha + d_g^alpha), d the Euclidean distance to the edge of the decision p > 1/2 and of the target; constants for the gradient.
 * Karimi & Salcudean 2019, arXiv 1904.10030.
 */
export function hausdorffErrors(
  alpha: number,
  guard: EdgeGuard,
  spacing: readonly number[] | null,
): DerivedMeasure<HausdorffErrors> {
  return derived({
    id: `hausdorff-errors ${alpha} ${guard} ${spacing ?? 'pixels'}`,
    needs: { images: wholeImages, edges: edgeSquares(spacing) },
    compute({ images, edges }, source, view) {
      const { channels, pixels, spatial, precision } = source;
      let known: Float64Array | undefined;
      const measure = (maps: readonly Reals[]): Float64Array => {
        const sums = new Float64Array(channels);
        const room = new MaskRoom(precision, spatial, spacing);
        const labels = room.integers();
        const [p, g, ours, theirs, slopes] = [0, 1, 2, 3, 4].map(() => room.picture()) as [
          Reals,
          Reals,
          Reals,
          Reals,
          Reals,
        ];
        for (const [at, image] of images.entries()) {
          labels.set(image.labels);
          for (let c = 0; c < channels; c++) {
            fillChannel(image.channel(c), labels, p, slopes);
            fillTarget(image.targets, labels, c, g, slopes);
            room.squares(p, ours);
            guardEdge(ours, p, spatial, guard);
            theirs.set(edges[at]?.subarray(c * pixels, (c + 1) * pixels) ?? []);
            guardEdge(theirs, g, spatial, guard);
            sums[c] = (sums[c] ?? 0) + weighErrors(p, g, ours, theirs, alpha, slopes);
            maps[at]?.set(slopes, c * pixels);
          }
        }
        room.close();
        known = sums;
        return sums;
      };
      return {
        get sums() {
          return known ?? measure([]);
        },
        slopes() {
          const maps = images.map(() => roomForMap(source));
          measure(maps);
          return maps;
        },
        valid: source.totals(view).valid.reduce((a, b) => a + b, 0),
      };
    },
  });
}

/** Puts in what scipy happens to give where a mask has no edge and nothing guards against it. */
function guardEdge(squares: Reals, mask: Reals, shape: readonly number[], guard: EdgeGuard): void {
  const edgeless = Math.abs(squares[0] ?? 0) === Infinity;
  if (!edgeless || guard === 'both' || (guard === 'empty' && !((mask[0] ?? 0) > 0.5))) return;
  // SegLoss transforms [1, H, W] where it guards the empty mask, and [D, H, W] where it guards nothing.
  bogusDistances(shape, guard === 'empty', squares);
}
