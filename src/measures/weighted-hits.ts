import { type DerivedMeasure, derived, type SweptMeasure, swept } from '../core/index.ts';
import { weightedHitsGradient, weightedHits as weightedHitsKernel } from '../kernels/index.ts';
import { addInto } from './_curve.ts';
import { type PenaltyMap, penaltyMap } from './penalty-map.ts';
import { type TargetPicture, targetPictures } from './target-pictures.ts';

/** Weights 1 + R / max R of the distance penalty, and of these the sums over each class and image. */
export const boundaryWeights: DerivedMeasure<PenaltyMap> = penaltyMap(
  { plus: 1, normalise: true, inverse: false, clip: Infinity },
  null,
);

/** sum w g per image and channel, [image * channels + channel]. */
const weightedVolumes: DerivedMeasure<Float64Array> = derived({
  id: 'weighted-volumes',
  ofTarget: true,
  needs: { boundaryWeights, pictures: targetPictures },
  compute({ boundaryWeights, pictures }, { channels }) {
    const out = new Float64Array(pictures.length * channels);
    pictures.forEach(({ labels, targets }, image) => {
      const ones = new Float64Array(channels * labels.length).fill(1);
      const sums = out.subarray(image * channels, (image + 1) * channels);
      const map = boundaryWeights.maps[image] ?? ones;
      weightedHitsKernel(ones, labels, targets, map, 0, sums, channels, labels.length, labels.length);
    });
    return out;
  },
});

/** sum w p g per image and channel, [image * channels + channel]. */
export const weightedHits: SweptMeasure<Float64Array> = swept({
  id: 'weighted-hits',
  needs: { boundaryWeights, volumes: weightedVolumes },
  start: ({ channels }) => new Float64Array(channels),
  tile(state, tile, { boundaryWeights }) {
    const { labels, targets, channels, stride, count } = tile;
    const map = boundaryWeights.maps[tile.image];
    if (map === undefined) return;
    weightedHitsKernel(tile.probabilities(), labels, targets, map, tile.start, state, channels, stride, count);
  },
  merge: addInto,
  finish: (states) => Float64Array.from(states.flatMap((state) => [...state])),
  predicted: ({ hit }, { channels }, _source, { volumes }) => volumes.map((w, at) => w * (hit[at % channels] ?? 0)),
});

/** a w g + b at the probabilities; factors [a, b] at [2 * (image * channels + channel)]. */
export function weightedGradient(
  pictures: readonly TargetPicture[],
  { maps }: PenaltyMap,
  factors: Float64Array,
  channels: number,
): Float64Array[] {
  return pictures.map(({ labels, targets }, image) => {
    const out = new Float64Array(channels * labels.length);
    const own = factors.subarray(2 * image * channels, 2 * (image + 1) * channels);
    weightedHitsGradient(labels, targets, maps[image] ?? out, own, channels, out);
    return out;
  });
}
