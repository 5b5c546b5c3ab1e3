import { curveKey, type PairCurve, type SweptMeasure, swept, type Tile } from '../core/index.ts';
import { countValid, overlapColumns, type Pair, sumOwnPairs, sumPairs } from '../kernels/index.ts';
import { addInto, pairOf, times, total } from './_curve.ts';
import { tileOverlap } from './_overlap.ts';

/** Sums per channel of a loss of probability and target. */
export interface DifferenceSums {
  /** Over the pixels whose target is at most 1/2, and over those whose target is above. */
  readonly outside: Float64Array;
  readonly inside: Float64Array;
  readonly valid: number;
}

/** Adds the losses of class ids to the sums of a tile whose probabilities lie between 0 and 1: most of them are known from the overlap. */
function addHard(tile: Tile, pair: Pair, sums: Float64Array): boolean {
  const { overSquare, overP } = pair;
  const { labels, channels, stride, count } = tile;
  const bounded = tile.last === 'softmax' || tile.last === 'sigmoid';
  if (!bounded || tile.targets !== null || (overSquare === undefined && overP === undefined)) return false;
  const overlap = tileOverlap(tile);
  for (let c = 0; c < channels; c++) {
    const at = overlapColumns * c;
    const [outside, inside] = [sums[2 * c] ?? 0, sums[2 * c + 1] ?? 0];
    if (overSquare !== undefined) {
      sums[2 * c] = outside + overSquare * (overlap[at + 4] ?? 0);
      sums[2 * c + 1] = inside + overSquare * (overlap[at + 3] ?? 0);
    } else if (overP !== undefined) sums[2 * c] = outside + overP * ((overlap[at] ?? 0) - (overlap[at + 1] ?? 0));
  }
  if (overSquare === undefined) sumOwnPairs(tile.probabilities(), labels, pair, sums, stride, count);
  return true;
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
      if (!addHard(tile, pair, state.sums)) {
        sumPairs(tile.probabilities(), labels, targets, pair, state.sums, channels, stride, count);
      }
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
