import { type DerivedMeasure, derived } from '../core/index.ts';
import { type Region, worstRegions } from '../kernels/index.ts';
import { mostSurprise } from './_pixel-losses.ts';
import { imageLabels } from './nearness.ts';
import { rankedLosses } from './ranked-losses.ts';

/** A region of an image, all of one class. */
export interface LossRegion extends Region {
  readonly image: number;
}

/** The `most` regions that lose most, among the pixels that lose at least `bound` each; worst first. */
export type LossRegions = (bound: number, most: number) => readonly LossRegion[];

/** Connected regions of badly predicted pixels. Binary and exclusive targets. */
export const lossRegions: DerivedMeasure<LossRegions> = derived({
  id: 'loss-regions',
  late: true,
  needs: { ranked: rankedLosses(null), labels: imageLabels },
  compute({ ranked, labels }, { spatial }) {
    return (bound, most) =>
      labels
        .flatMap((own, image) => {
          return worstRegions(ranked.image(image), own, spatial, bound, mostSurprise, most).map((region) => ({
            ...region,
            image,
          }));
        })
        .sort((a, b) => b.loss - a.loss)
        .slice(0, most);
  },
});
