import { type SweptMeasure, swept } from '../core/index.ts';
import { absolute, sumPairs } from '../kernels/index.ts';
import { addInto } from './_curve.ts';

/** Sum of |p - g| over the valid pixels, per image and channel, at [image * channels + channel]. */
export const cellDistances: SweptMeasure<Float64Array> = swept({
  id: 'cell-distances',
  start: (subject) => new Float64Array(2 * subject.channels),
  tile(sums, tile) {
    const { labels, targets, channels, stride, count } = tile;
    sumPairs(tile.probabilities(), labels, targets, absolute, sums, channels, stride, count);
  },
  merge: addInto,
  finish: (states, { channels }) =>
    Float64Array.from({ length: states.length * channels }, (_, at) => {
      const sums = states[Math.floor(at / channels)];
      const c = at % channels;
      return (sums?.[2 * c] ?? 0) + (sums?.[2 * c + 1] ?? 0);
    }),
  // Within a group all targets are taken as their mean: exact for hard targets.
  predicted: (predictor, totals) =>
    Float64Array.from(totals.count, (members, at) => {
      const c = at % totals.channels;
      const others = (totals.valid[Math.floor(at / totals.channels)] ?? 0) - members;
      const group = (n: number, p: number | undefined, sum: number | undefined): number =>
        n === 0 ? 0 : n * Math.abs((p ?? 0) - (sum ?? 0) / n);
      return group(members, predictor.hit[c], totals.sum[at]) + group(others, predictor.miss[c], totals.restSum[at]);
    }),
});
