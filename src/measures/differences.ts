import { curveKey, type PairCurve, type SweptMeasure, swept } from '../core/index.ts';
import { countValid, sumPairs } from '../kernels/index.ts';
import { addInto, pairOf, times, total } from './_curve.ts';

/** Sums per channel of a loss of probability and target. */
export interface DifferenceSums {
  /** Over the pixels whose target is at most 1/2, and over those whose target is above. */
  readonly outside: Float64Array;
  readonly inside: Float64Array;
  readonly valid: number;
}

/** Sums of curve(p, g) over the elements. */
export function differences(curve: PairCurve): SweptMeasure<DifferenceSums> {
  const pair = pairOf(curve);
  return swept({
    id: `differences ${curveKey(curve)}`,
    given: [curve],
    start: (subject) => ({ sums: new Float64Array(2 * subject.channels), valid: 0 }),
    tile(state, tile) {
      const { labels, targets, channels, stride, count } = tile;
      sumPairs(tile.probabilities(), labels, targets, pair, state.sums, channels, stride, count);
      state.valid += countValid(labels, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
      into.valid += from.valid;
    },
    finish(states, { channels }) {
      const sums = total(
        states.map((it) => it.sums),
        2 * channels,
      );
      const column = (k: number): Float64Array => sums.filter((_, at) => at % 2 === k);
      return { outside: column(0), inside: column(1), valid: states.reduce((n, it) => n + it.valid, 0) };
    },
    predicted(predictor, totals) {
      const { channels } = totals;
      const outside = new Float64Array(channels);
      const inside = new Float64Array(channels);
      totals.count.forEach((members, cell) => {
        const c = cell % channels;
        const others = (totals.valid[Math.floor(cell / channels)] ?? 0) - members;
        // Within a group all targets are taken as their mean: exact for hard targets and any two-valued ones.
        const [g, h] = [(totals.sum[cell] ?? 0) / members, (totals.restSum[cell] ?? 0) / others];
        const loss = (n: number, p: number | undefined, t: number): number =>
          n === 0 ? 0 : times(n, pair.value(p ?? 0, t));
        inside[c] = (inside[c] ?? 0) + loss(members, predictor.hit[c], g);
        outside[c] = (outside[c] ?? 0) + loss(others, predictor.miss[c], h);
      });
      return { outside, inside, valid: totals.valid.reduce((a, b) => a + b, 0) };
    },
  });
}
