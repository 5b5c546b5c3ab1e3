import { type DerivedMeasure, derived, type Labels, type SweptMeasure, swept } from '../core/index.ts';
import { boxShares, closestShift, sumDistances } from '../kernels/index.ts';
import { constantImage } from './_constant-image.ts';
import { addInto, total } from './_curve.ts';

/** Class id of every pixel, one array per image; negative where there is none. */
export const imageLabels: DerivedMeasure<readonly Labels[]> = derived({
  id: 'image-labels',
  ofTarget: true,
  needs: {},
  compute: (_, source, view) => Array.from({ length: source.images }, (_unused, image) => source.labels(image, view)),
});

/**
 * Per channel, the sum over the valid pixels of |z - u|^power: z the score, u the share of the class in the box around
 * the pixel. Of a simple predictor only the probabilities are known; of the scores that give them the closest are taken.
 */
export function nearness(size: number, power: number): SweptMeasure<Float64Array> {
  return swept({
    id: `nearness ${size} ${power}`,
    given: [size, power],
    needs: { labels: imageLabels },
    start: ({ channels, spatial }) => ({
      sums: new Float64Array(channels),
      spatial,
    }),
    tile(state, tile, needs) {
      const { image, start, labels, channels, stride, count } = tile;
      const shares = tile.scratch('shares of the box', channels * stride);
      boxShares(needs.labels[image] ?? labels, state.spatial, size, start, shares, channels, stride, count);
      sumDistances(tile.logits(), shares, labels, power, state.sums, channels, stride, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
    },
    finish: (states, { channels }) =>
      total(
        states.map((it) => it.sums),
        channels,
      ),
    predicted({ hit, miss }, _totals, source, needs) {
      const { channels, pixels, spatial } = source;
      const logs = { hit: hit.map(Math.log), miss: miss.map(Math.log) };
      const sums = new Float64Array(channels);
      const shares = new Float64Array(channels * pixels);
      for (const labels of needs.labels) {
        const z = constantImage(logs, labels, null, source);
        boxShares(labels, spatial, size, 0, shares, channels, pixels, pixels);
        closestShift(z, shares, power, channels, pixels, pixels);
        sumDistances(z, shares, labels, power, sums, channels, pixels, pixels);
      }
      return sums;
    },
  });
}
