import { type DerivedMeasure, derived, type Labels, type SweptMeasure, swept } from '../core/index.ts';
import { type BoxPattern, boxPatterns, closestShift, sumNearness } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';

/** Class id of every pixel, one array per image; negative where there is none. */
export const imageLabels: DerivedMeasure<readonly Labels[]> = derived({
  id: 'image-labels',
  ofTarget: true,
  needs: {},
  compute: (_, source, view) => Array.from({ length: source.images }, (_unused, image) => source.labels(image, view)),
});

/** The different surroundings of the pixels of each image. */
const boxesOf = (size: number): DerivedMeasure<readonly (readonly BoxPattern[])[]> =>
  derived({
    id: `box-patterns ${size}`,
    ofTarget: true,
    needs: { labels: imageLabels },
    compute: ({ labels }, { spatial, channels }) => labels.map((own) => boxPatterns(own, spatial, size, channels)),
  });

/**
 * Per channel, the sum over the valid pixels of |z - u|^power: z the score, u the share of the class in the box around
 * the pixel. Of a simple predictor only the probabilities are known; of the scores that give them the closest are taken.
 */
export function nearness(size: number, power: number): SweptMeasure<Float64Array> {
  return swept({
    id: `nearness ${size} ${power}`,
    given: [size, power],
    needs: { labels: imageLabels, patterns: boxesOf(size) },
    start: ({ channels, spatial }) => ({
      sums: new Float64Array(channels),
      spatial,
    }),
    tile(state, tile, needs) {
      const { image, start, labels, channels, stride, count } = tile;
      const around = { labels: needs.labels[image] ?? labels, spatial: state.spatial, size, power };
      sumNearness(tile.logits(), labels, around, start, state.sums, channels, stride, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
    },
    finish: (states, { channels }) =>
      total(
        states.map((it) => it.sums),
        channels,
      ),
    predicted({ hit, miss }, _totals, { channels }, { patterns }) {
      const sums = new Float64Array(channels);
      for (const { label, shares, pixels } of patterns.flat()) {
        const z = miss.map((p, k) => Math.log((k === label ? hit[k] : p) ?? 0));
        closestShift(z, shares, power, channels, 1, 1);
        for (let c = 0; c < channels; c++) {
          sums[c] = (sums[c] ?? 0) + pixels * Math.abs((z[c] ?? 0) - (shares[c] ?? 0)) ** power;
        }
      }
      return sums;
    },
  });
}
