import { availableParallelism } from 'node:os';
import { UsageError } from '../core/errors.ts';
import { elementCount, type StoredArray } from '../core/ndarray.ts';

/** How many threads may work on arrays, and what tells how many of them pay. */
export interface Terms {
  /** All threads together, this one included. */
  readonly most: number;
  /** Nanoseconds that the sweeps take on one thread, per number of the arrays and besides per pixel. */
  readonly pace: { readonly number: number; readonly pixel: number };
  /** Seconds of work that a helper is started for: it costs a few tenths of one in all, and 30 MB. */
  readonly pays: number;
  /** Files of up to so many bytes are read at once; the numbers of larger ones stay where they are, where the format allows it. */
  readonly small: number;
  /** The program of a helper. */
  readonly program: URL;
}

/** The pace of values alone, and of gradients and all that rules ask; from diagnoses of 4 to 21 channels. */
const paces = { values: { number: 3, pixel: 60 }, everything: { number: 6, pixel: 150 } };

/** Threads when nothing is said: more of them wait for the memory and for what cannot be shared. */
const usual = 4;

/** Seconds of work per helper when nothing is said, and when several threads were asked for. */
const worth = { unasked: 1, asked: 0.25 };

/** No threads but this one. */
export const alone: Terms = {
  most: 1,
  pace: { number: 0, pixel: 0 },
  pays: worth.unasked,
  small: 16 * 1024 * 1024,
  program: new URL('./worker.js', import.meta.url),
};

/**
 * The terms of a run that takes values alone, or everything.
 * @throws UsageError for a number of threads that is none.
 */
export function termsOf(threads: number | undefined, taken: keyof typeof paces): Terms {
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1)) {
    throw new UsageError(`--threads ${threads} is not a whole number from 1; leave it out to let lossprobe decide`);
  }
  const pace = paces[taken];
  if (threads !== undefined) return { ...alone, most: threads, pace, pays: worth.asked };
  // Values alone stream in the memory of a few tiles, which a second thread would double.
  return taken === 'values' ? alone : { ...alone, most: Math.min(usual, availableParallelism()), pace };
}

/** Threads besides this one that pay: none where a large array is in memory, which others could only be given a copy of. */
export function helpersFor(arrays: readonly StoredArray[], { most, pace, pays, small }: Terms): number {
  if (arrays.some(({ data }) => ArrayBuffer.isView(data) && data.byteLength > small)) return 0;
  const counts = arrays.map(({ shape }) => elementCount(shape));
  const numbers = counts.reduce((a, b) => a + b, 0);
  // A mask has a number per pixel.
  const seconds = (pace.number * numbers + pace.pixel * Math.min(...counts)) / 1e9;
  return Math.max(0, Math.min(most - 1, Math.floor(seconds / pays)));
}
