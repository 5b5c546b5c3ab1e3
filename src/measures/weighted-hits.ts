import { type DerivedMeasure, derived, type SweptMeasure, swept } from '../core/index.ts';
import { penaltyWeights, weightedHits as weightedHitsKernel } from '../kernels/index.ts';
import { addInto } from './_curve.ts';
import { tileWeights } from './_distance-weights.ts';
import { imageLabels } from './nearness.ts';
import { type PenaltyMap, penaltyMap } from './penalty-map.ts';
import { targetPictures } from './target-pictures.ts';

/** Weights 1 + R / max R of the distance penalty, and of these the sums over each class and image. */
export const boundaryWeights: DerivedMeasure<PenaltyMap> = penaltyMap(
  { plus: 1, normalise: true, inverse: false, clip: Infinity },
  null,
);

/** sum w g per image and channel, [image * channels + channel]. */
const weightedVolumes: DerivedMeasure<Float64Array> = derived({
  id: 'weighted-volumes',
  ofTarget: true,
  needs: { map: boundaryWeights, rows: imageLabels, pictures: targetPictures },
  compute({ map, rows, pictures }, { channels, pixels }) {
    const out = new Float64Array(pictures.length * channels);
    const weights = new Float64Array(pixels);
    pictures.forEach(({ labels, targets }, image) => {
      const sums = out.subarray(image * channels, (image + 1) * channels);
      const [squared, table, own] = [map.squared[image], map.rows[image], rows[image]];
      if (squared === undefined || table === undefined || own === undefined) return;
      penaltyWeights(squared, 0, own, table, map, weights, pixels);
      weightedHitsKernel(null, labels, targets, weights, sums, channels, pixels, pixels);
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
    const weights = tileWeights(tile, boundaryWeights);
    weightedHitsKernel(tile.probabilities(), labels, targets, weights, state, channels, stride, count);
  },
  merge: addInto,
  finish: (states) => Float64Array.from(states.flatMap((state) => [...state])),
  predicted: ({ hit }, { channels }, _source, { volumes }) => volumes.map((w, at) => w * (hit[at % channels] ?? 0)),
});
