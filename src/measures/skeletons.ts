import { type DerivedMeasure, derived, type Labels, type Reals } from '../core/index.ts';
import {
  blend,
  maskedChannel,
  product,
  type SkeletonTape,
  softSkeleton,
  softSkeletonBackward,
  tapedSkeleton,
} from '../kernels/index.ts';
import { wholeImages } from './whole-images.ts';

/** Sums over the channels from the first on; S p the soft skeleton of the prediction, S g that of the target. */
export interface SkeletonSums {
  /** sum S p g, sum S p, sum S g p, sum S g. */
  readonly inside: number;
  readonly predicted: number;
  readonly covered: number;
  readonly target: number;
}

export interface Skeletons {
  readonly images: readonly SkeletonSums[];
  /** The gradient at the probabilities, per image, of inside * a + predicted * b + covered * c. */
  gradient(factors: readonly (readonly [a: number, b: number, c: number])[]): Float64Array[];
}

/** Overlaps of each side with the other's soft skeleton, per image. Ignored pixels are empty on both sides. */
export function skeletons(iterations: number, first: number): DerivedMeasure<Skeletons> {
  return derived({
    id: `skeletons ${iterations} from ${first}`,
    needs: { images: wholeImages },
    compute({ images }, { channels, pixels, spatial }) {
      const used = Array.from({ length: Math.max(0, channels - first) }, (_, k) => first + k);
      const channel = (values: Reals | null, labels: Labels, c: number): Float64Array => {
        const out = new Float64Array(pixels);
        maskedChannel(values, labels, c, out);
        return out;
      };
      const skeleton = (picture: Float64Array): Float64Array => softSkeleton(picture, spatial, iterations);
      const tape = (picture: Float64Array): SkeletonTape => tapedSkeleton(picture, spatial, iterations);
      return {
        images: images.map(({ probabilities, labels, targets }) => {
          const sums = { inside: 0, predicted: 0, covered: 0, target: 0 };
          for (const c of used) {
            const [p, g] = [channel(probabilities, labels, c), channel(targets, labels, c)];
            const [ours, theirs] = [skeleton(p), skeleton(g)];
            sums.inside += product(ours, g);
            sums.predicted += ours.reduce((a, b) => a + b, 0);
            sums.covered += product(theirs, p);
            sums.target += theirs.reduce((a, b) => a + b, 0);
          }
          return sums;
        }),
        gradient: (factors) =>
          images.map(({ probabilities, labels, targets }, image) => {
            const out = new Float64Array(channels * pixels);
            const [a, b, c] = factors[image] ?? [0, 0, 0];
            for (const at of used) {
              const g = channel(targets, labels, at);
              const slope = new Float64Array(pixels);
              blend(a, g, b, null, labels, slope);
              const through = softSkeletonBackward(tape(channel(probabilities, labels, at)), spatial, slope);
              const own = out.subarray(at * pixels, (at + 1) * pixels);
              blend(1, through, c, skeleton(g), labels, own);
            }
            return out;
          }),
      };
    },
  });
}
