import type { Reals } from './reals.ts';

/** The n-th largest value (n from 1), the sum and number of those above it, and the number equal to it. */
export interface Largest {
  readonly bound: number;
  readonly sum: number;
  readonly above: number;
  readonly equal: number;
}

/** Splits the values of some runs at the n-th largest. NaN counts as larger than everything, as torch.topk has it. */
export function splitLargest(runs: readonly Reals[], n: number): Largest {
  const work = new Float64Array(runs.reduce((length, run) => length + run.length, 0));
  let at = 0;
  for (const run of runs) {
    work.set(run, at);
    at += run.length;
  }
  const bound = quickselect(work, n);
  const found = { bound, sum: 0, above: 0, equal: 0 };
  for (const run of runs) addAbove(run, found);
  return found;
}

/** By quickselect with a median of three; `work` is reordered. */
function quickselect(work: Float64Array, n: number): number {
  let low = 0;
  let high = work.length - 1;
  const target = n - 1;
  while (low < high) {
    const pivot = medianOfThree(work[low], work[(low + high) >>> 1], work[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (before(work[i], pivot)) i++;
      while (before(pivot, work[j])) j--;
      if (i > j) break;
      const swap = work[i];
      work[i++] = work[j];
      work[j--] = swap;
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return work[target];
}

/** Descending order with NaN first. */
function before(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

function medianOfThree(a: number, b: number, c: number): number {
  if (before(a, b)) return before(b, c) ? b : before(a, c) ? c : a;
  return before(a, c) ? a : before(b, c) ? c : b;
}

function addAbove(values: Reals, found: { bound: number; sum: number; above: number; equal: number }): void {
  const { bound } = found;
  for (let i = 0; i < values.length; i++) {
    if (before(values[i], bound)) {
      found.sum += values[i];
      found.above++;
    } else if (values[i] === bound || (Number.isNaN(values[i]) && Number.isNaN(bound))) found.equal++;
  }
}
