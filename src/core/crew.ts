import type { SweptMeasure } from './measure.ts';
import type { View } from './view.ts';

/** A swept measure under a view, with the values that it needs. */
export interface Job {
  readonly measure: SweptMeasure<unknown>;
  readonly view: View;
  readonly needs: object;
}

/** What was gathered from one block: a partial state per job. */
export type Take = (block: number, gathered: readonly unknown[]) => void;

/** Gathers blocks, one after the other as they are drawn. */
export type Gather = (blocks: Iterable<number>, take: Take) => void;

/** Threads that take a share of the blocks of a sweep, or of other work. */
export interface Crew {
  /**
   * Gathers blocks 0 to `count` - 1, in this thread by `gather` and in others from an order, which is plain data but for arrays that
   * the crew knows. Others see what is in shared memory, and of the rest a copy. `take` is called here, in the order of the blocks; one
   * of which nothing is heard is gathered here as well. A thread takes up to `stretch` neighbouring blocks at a time.
   */
  share(order: object, count: number, stretch: number, gather: Gather, take: Take): void;
}
