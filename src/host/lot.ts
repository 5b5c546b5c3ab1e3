import type { MessagePort } from 'node:worker_threads';

/** A file that stays open for all threads: descriptors belong to the process. */
export interface LeftFile {
  readonly name: string;
  readonly size: number;
  readonly descriptor: number;
}

/** What a helper is started with. */
export interface Start {
  readonly files: readonly LeftFile[];
  readonly port: MessagePort;
}

/** Work as helpers are told of it. `order` names files by their place in the list. */
export interface Errand {
  readonly number: number;
  readonly order: object;
  readonly lot: Lot;
}

/** What a helper has gathered from a block of an errand; null where it failed there. */
export interface Delivery {
  readonly number: number;
  readonly block: number;
  readonly gathered: readonly unknown[] | null;
}

/** The blocks of an errand, which threads draw a stretch at a time. */
export interface Lot {
  readonly count: number;
  readonly stretch: number;
  /** Shared by all threads: the next block to draw, and how many deliveries there were. */
  readonly state: Int32Array;
}

const NEXT = 0;
const DELIVERIES = 1;

/** A lot for so many threads: in stretches short enough for all to finish at about the same time. */
export function newLot(count: number, threads: number, longest: number): Lot {
  const stretch = Math.min(longest, Math.max(1, Math.floor(count / (8 * threads))));
  return { count, stretch, state: new Int32Array(new SharedArrayBuffer(8)) };
}

/** Draws blocks until none is left; `between` is called after each. */
export function* draw({ count, stretch, state }: Lot, between: () => void = () => {}): Generator<number, void> {
  for (;;) {
    const first = Atomics.add(state, NEXT, stretch);
    if (first >= count) return;
    for (let block = first; block < Math.min(count, first + stretch); block++) {
      yield block;
      between();
    }
  }
}

export function isDrawn({ count, state }: Lot): boolean {
  return Atomics.load(state, NEXT) >= count;
}

/** Nobody draws any more. */
export function close({ count, state }: Lot): void {
  Atomics.store(state, NEXT, count);
}

/** The blocks from one on that were drawn together with it. */
export function restOfStretch({ count, stretch }: Lot, block: number): number[] {
  const end = Math.min(count, (Math.floor(block / stretch) + 1) * stretch);
  return Array.from({ length: end - block }, (_, k) => block + k);
}

/** Says that something was delivered. */
export function ring({ state }: Lot): void {
  Atomics.add(state, DELIVERIES, 1);
  Atomics.notify(state, DELIVERIES);
}

export function deliveries({ state }: Lot): number {
  return Atomics.load(state, DELIVERIES);
}

/** Blocks this thread until there are more deliveries than that; false where there are none for so many milliseconds. */
export function awaitDelivery({ state }: Lot, known: number, patience: number): boolean {
  return Atomics.wait(state, DELIVERIES, known, patience) !== 'timed-out';
}
