import { type Change, type SweptMeasure, swept } from '../core/index.ts';
import { sumChanges } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';

let comparisons = 0;

/** How far the probabilities are from those of another export of the same input, as a probability map holds them. */
export function probabilityChange(from: readonly Float32Array[]): SweptMeasure<Change> {
  comparisons++;
  return swept({
    id: `probability-change ${comparisons}`,
    start: () => new Float64Array(3),
    tile(state, tile) {
      const { image, start, channels, stride, count, labels } = tile;
      const before = from[image];
      if (before !== undefined) sumChanges(tile.probabilities(), before, start, labels, state, channels, stride, count);
    },
    merge: addInto,
    finish(states) {
      const [squares = 0, sizes = 0, values = 0] = total(states, 3);
      return { rms: Math.sqrt(squares / values), mean: sizes / values };
    },
  });
}
