import { type DerivedMeasure, derived } from '../core/index.ts';
import { classIds, crossedHits, crossedHitsGradient } from '../kernels/index.ts';
import { wholeImages } from './whole-images.ts';

/** True positives of Wasserstein Dice with the labels of each image laid over the distances of every image. */
export interface CrossedMasses {
  /** Per image: sum of weight (1 - distance), and of the weights. */
  readonly images: readonly { readonly hits: number; readonly weight: number }[];
  /** The gradient at the probabilities, from the slope of the loss with respect to the hits of every image. */
  gradient(byHits: readonly number[]): Float64Array[];
}

/** A slip of broadcasting in MONAI's GeneralizedWassersteinDiceLoss, which only shows with several images. */
export function crossedMasses(distances: Float64Array, byVolume: boolean): DerivedMeasure<CrossedMasses> {
  return derived({
    id: `crossed-masses ${distances.join('/')} ${byVolume}`,
    needs: { images: wholeImages },
    compute({ images }, { channels }) {
      const ids = images.map(({ labels, targets }) =>
        targets === null ? labels : classIds(targets, labels, channels),
      );
      const weights = ids.map((own) =>
        Float64Array.from({ length: channels }, (_, k) =>
          byVolume ? 1 / (own.filter((y) => y === k).length + 1) : Number(k > 0),
        ),
      );
      const none = new Float64Array(distances.length);
      const over = (own: number, m: Float64Array): number =>
        images.reduce((sum, { probabilities }, other) => {
          const [labels, by, theirs] = [ids[own], weights[own], ids[other]];
          if (labels === undefined || by === undefined || theirs === undefined) return sum;
          return sum + crossedHits(labels, by, theirs, probabilities, m, channels);
        }, 0);
      return {
        images: images.map((_, own) => ({ hits: over(own, distances), weight: over(own, none) })),
        gradient: (byHits) =>
          images.map(({ probabilities }, other) => {
            const out = new Float64Array(probabilities.length);
            ids.forEach((labels, own) => {
              const [by, theirs] = [weights[own], ids[other]];
              if (by === undefined || theirs === undefined) return;
              crossedHitsGradient(labels, by, theirs, distances, channels, byHits[own] ?? 0, out);
            });
            return out;
          }),
      };
    },
  });
}
