import { type SweptMeasure, swept } from '../core/index.ts';
import { compact, joined } from './_runs.ts';

/** Every probability of an image, channels x pixels, for a comparison with another export: 4 bytes per value. */
export const probabilityMap: SweptMeasure<readonly Float32Array[]> = swept({
  id: 'probability-map',
  bulky: true,
  start: () => [] as Float32Array[],
  tile(state, tile) {
    state.push(compact(tile.probabilities(), tile, new Float32Array(tile.channels * tile.count)));
  },
  merge(into, from) {
    into.push(...from);
  },
  finish: (states, { channels, pixels }): readonly Float32Array[] =>
    states.map((runs) => joined(runs, channels, new Float32Array(channels * pixels))),
});
