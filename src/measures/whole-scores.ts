import { type Reals, type SweptMeasure, swept } from '../core/index.ts';
import { compact, joined, roomLike } from './_runs.ts';

/** The stored values of every image, channel c of pixel i at [c * pixels + i]; null for a predictor, which stores nothing. */
export const wholeScores: SweptMeasure<readonly Reals[] | null> = swept({
  id: 'whole-scores',
  bulky: true,
  start: () => [] as Reals[],
  tile(runs, tile) {
    runs.push(compact(tile.scores, tile, roomLike(tile.scores, tile.channels * tile.count)));
  },
  merge(into, from) {
    into.push(...from);
  },
  finish: (states, { channels, pixels }) =>
    states.map((runs) => joined(runs, channels, roomLike(runs[0] ?? new Float64Array(0), channels * pixels))),
  predicted: () => null,
});
