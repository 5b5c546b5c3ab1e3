import { type SweptMeasure, swept } from '../core/index.ts';
import { countMembers } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';

/** Pixels in which the prediction sets no channel (p > 1/2), one, and several; of problems whose channels are separate questions. */
export const overlappingDecisions: SweptMeasure<Float64Array> = swept({
  id: 'overlapping-decisions',
  start: ({ kind }) => ({ members: new Float64Array(3), asked: kind === 'multilabel' }),
  tile({ members, asked }, tile) {
    if (asked) countMembers(tile.probabilities(), tile.channels, tile.stride, tile.count, members);
  },
  merge(into, from) {
    addInto(into.members, from.members);
  },
  finish: (states) =>
    total(
      states.map((it) => it.members),
      3,
    ),
});
