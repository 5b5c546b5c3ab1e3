import { type DerivedMeasure, derived, type Labels, type Reals } from '../core/index.ts';
import {
  addPower,
  bogusDistances,
  decisionMask,
  memberMask,
  squaredDistances,
  weighedErrors,
} from '../kernels/index.ts';
import { wholeImages } from './whole-images.ts';

/** Squared errors weighed by distances to the boundaries. */
export interface HausdorffErrors {
  /** Sum of (p - g)^2 w per channel. */
  readonly sums: Float64Array;
  /** 2 (p - g) w, per image, channel c of pixel i at [c * pixels + i]. */
  readonly slopes: readonly Float64Array[];
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
    needs: { images: wholeImages },
    compute({ images }, source) {
      const { channels, pixels, spatial } = source;
      const sums = new Float64Array(channels);
      const members = new Int8Array(pixels);
      let valid = 0;
      const slopes = images.map(({ probabilities, labels, targets }) => {
        const weights = new Float64Array(channels * pixels);
        for (let c = 0; c < channels; c++) {
          decisionMask(labels, probabilities, c, members);
          addPower(edgeDistances(members, spatial, guard, spacing), alpha, weights, c * pixels);
          memberMask(labels, targets, c, members);
          addPower(edgeDistances(members, spatial, guard, spacing), alpha, weights, c * pixels);
          sums[c] = (sums[c] ?? 0) + weighedErrors(probabilities, labels, targets, weights, c);
        }
        for (const label of labels) if (label >= 0) valid++;
        return weights;
      });
      return { sums, slopes, valid };
    },
  });
}

function edgeDistances(
  members: Labels,
  shape: readonly number[],
  guard: EdgeGuard,
  spacing: readonly number[] | null,
): Reals {
  const squared = squaredDistances(members, shape, spacing ?? shape.map(() => 1));
  const [first] = members;
  const edgeless = squared[0] === Infinity;
  if (edgeless && (guard === 'none' || (guard === 'empty' && first === 1))) {
    // SegLoss transforms [1, H, W] where it guards the empty mask, and [D, H, W] where it guards nothing.
    bogusDistances(shape, guard === 'empty', squared);
  }
  return squared;
}
