import type { Crew, Gather, Labels, Reals } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';

/** Neighbouring blocks that a thread finishes at a time, at most. */
const mostTogether = 8;

/** Distances as another thread is told of them, in memory that all threads see. */
export interface DistanceOrder {
  readonly begun: readonly kernel.BegunDistances[];
}

/** Squared distances on maps of one shape: begun here, and finished block by block by whoever is there. */
export function distancesOn(
  maps: readonly Labels[],
  shape: readonly number[],
  spacing: readonly number[],
  crew: Crew | null,
): readonly Reals[] {
  if (crew !== null) {
    const begun = maps.map((labels) => kernel.beginDistances(labels, shape, spacing, SharedArrayBuffer));
    if (begun.every((it) => it !== null)) {
      const order: DistanceOrder = { begun };
      const blocks = begun.reduce((sum, it) => sum + it.blocks, 0);
      // Blocks are finished in place, and one that is finished twice is the same both times: there is nothing to take.
      crew.share(order, blocks, mostTogether, gatherDistances(order), () => {});
      return begun.map(({ squares }) => squares);
    }
  }
  return maps.map((labels) => kernel.squaredDistances(labels, shape, spacing));
}

/** What every thread does on such an order. */
export function gatherDistances({ begun }: DistanceOrder): Gather {
  return (blocks, take) => kernel.finishDistances(begun, blocks, (block) => take(block, []));
}
