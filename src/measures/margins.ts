import { curveKey, type Margin, type SweptMeasure, swept } from '../core/index.ts';
import { marginLoss, sumMargins } from '../kernels/index.ts';
import { addInto, marginNumbers, times, total } from './_curve.ts';
import type { LikelihoodSums } from './likelihood.ts';

/** Sums by class of a loss of the differences ln p_k - ln p_y. Class ids only. */
export function margins(margin: Margin): SweptMeasure<LikelihoodSums> {
  const numbers = marginNumbers(margin);
  return swept({
    id: `margins ${curveKey(margin)}`,
    given: [margin],
    start: (subject) => ({ byRow: new Float64Array(subject.rows), weight: new Float64Array(subject.rows) }),
    tile(state, tile) {
      const { labels, channels, stride, count } = tile;
      // The differences of scores are those of the logarithms of their softmax.
      const fromScores = tile.last === 'softmax' && !tile.rounded;
      const [x, sign] = fromScores ? ([tile.logits(), -1] as const) : ([tile.negLogP(), 1] as const);
      sumMargins(x, sign, labels, numbers, state.byRow, state.weight, channels, stride, count);
    },
    merge(into, from) {
      addInto(into.byRow, from.byRow);
      addInto(into.weight, from.weight);
    },
    finish(states, { rows }) {
      const sum = (arrays: Float64Array[]): Float64Array => total(arrays, rows);
      const weight = sum(states.map((it) => it.weight));
      const valid = weight.reduce((a, b) => a + b, 0);
      return { byRow: sum(states.map((it) => it.byRow)), weight, valid };
    },
    predicted(predictor, totals) {
      const { channels } = totals;
      const weight = new Float64Array(channels);
      totals.count.forEach((n, cell) => {
        weight[cell % channels] = (weight[cell % channels] ?? 0) + n;
      });
      const byRow = weight.map((n, y) => {
        const u = Float64Array.from(predictor.miss, (q, k) => -Math.log(k === y ? (predictor.hit[y] ?? 0) : q));
        return times(n, marginLoss(u, 0, 1, channels, y, numbers));
      });
      return { byRow, weight, valid: weight.reduce((a, b) => a + b, 0) };
    },
  });
}
