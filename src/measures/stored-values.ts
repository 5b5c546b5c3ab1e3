import { type DType, type Reals, type SweptMeasure, swept } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';

/** What the stored values of an image are, before anything is assumed of them. */
export interface StoredValues {
  /** How far from 1 the sum of rounded probabilities may be. */
  readonly tolerance: number;
  readonly facts: kernel.ValueFacts;
  /** A run of numbers per channel: see `momentFacts`. What was added since is in `added`, about `shifts`: see the kernel `valueFacts`. */
  readonly cells: Float64Array;
  readonly added: Float64Array;
  readonly shifts: Float64Array;
  /** Pixels that were added. */
  pixels: number;
  /** Those met first, up to one more than are told apart. */
  readonly distinct: Set<number>;
  /** While no value is outside [0, 1]: what the kernel `sumFacts` adds up, and its histogram. */
  readonly sums: Float64Array;
  errors: Float64Array;
  /** While all lie where sigmoid puts [0, 1]: values above 0.70 and below 0.51. */
  readonly ends: Float64Array;
  /** While none is above 0: pixels whose channels are log-probabilities. */
  logSums: number;
}

/** Numbers of a channel: finite values, their mean and summed squared distance from it; how many are NaN, Infinity and -Infinity. */
export const momentFacts = 6;

/** Distinct values are told apart up to here. */
export const fewValues = 256;

/** What sigmoid makes of [0, 1], with room for rounding. */
const lowest = 0.4999;
const highest = 0.7312;

/** Log-probabilities are not above this. */
const highestLog = 1e-6;

/** Squares of distances from a larger value could overflow in singles. */
const largestShift = 1e18;

const noErrors = new Float64Array(0);

/** The stored values of every image, ignored pixels included. Distinct ones are counted where it is not known that there are many. */
export function storedValues(countsDistinct: boolean): SweptMeasure<readonly StoredValues[]> {
  return swept({
    id: `stored-values ${countsDistinct ? 'distinct' : ''}`,
    given: [countsDistinct],
    start: ({ channels, prediction }) => newStoredValues(channels, prediction.dtype),
    tile: (state, { scores, channels, stride, count }) =>
      addStoredRun(state, scores, channels, stride, count, countsDistinct),
    merge: addStoredValues,
    finish: (states) => states,
  });
}

/** Before any value has been seen. */
export function newStoredValues(channels: number, dtype: DType): StoredValues {
  return {
    tolerance: dtype === 'float16' ? 1e-2 : 1e-3,
    facts: { min: Infinity, max: -Infinity, outside: 0, zeros: 0, integers: 0, huge: 0 },
    cells: new Float64Array(momentFacts * channels),
    added: new Float64Array(kernel.cellFacts * channels),
    shifts: new Float64Array(channels),
    pixels: 0,
    distinct: new Set(),
    sums: new Float64Array(3),
    errors: noErrors,
    ends: new Float64Array(2),
    logSums: 0,
  };
}

/** True while all values lie where sigmoid puts [0, 1]. */
export function isWithinEnds({ facts }: Pick<StoredValues, 'facts'>): boolean {
  return facts.min >= lowest && facts.max <= highest;
}

/** True while all values may be logarithms of probabilities. */
export function areLogs({ facts }: Pick<StoredValues, 'facts'>): boolean {
  return !(facts.max > highestLog);
}

/** Adds a run of pixels; channel c of pixel i stands at `c * stride + i`. */
export function addStoredRun(
  into: StoredValues,
  scores: Reals,
  channels: number,
  stride: number,
  count: number,
  countsDistinct = true,
): void {
  const { facts, added, sums, tolerance, distinct } = into;
  if (into.pixels === 0) setShifts(into.shifts, scores, stride);
  into.pixels += count;
  kernel.valueFacts(scores, channels, stride, count, into.shifts, facts, added);
  if (countsDistinct && distinct.size <= fewValues) {
    for (let c = 0; c < channels; c++) {
      kernel.addDistinct(scores.subarray(c * stride, c * stride + count), distinct, fewValues);
    }
  }
  if (isWithinEnds(into)) kernel.countEnds(scores, channels, stride, count, into.ends);
  if (channels === 1) return;
  // Only probabilities are asked whether they sum to 1, and only log-probabilities whether they would.
  if (facts.outside === 0) {
    if (into.errors.length === 0) into.errors = new Float64Array(kernel.absoluteBins);
    kernel.sumFacts(scores, channels, stride, count, tolerance, sums, into.errors);
  }
  if (areLogs(into)) into.logSums += kernel.logSumsToZero(scores, channels, stride, count);
}

/** Spread is measured from the first value of a run. */
function setShifts(shifts: Float64Array, scores: Reals, stride: number): void {
  for (let c = 0; c < shifts.length; c++) {
    const first = scores[c * stride] ?? 0;
    shifts[c] = Math.abs(first) <= largestShift ? first : 0;
  }
}

/** Means and spread of what was added so far, with what was added since. */
export function settleMoments(into: StoredValues): void {
  const { cells, added, shifts } = into;
  for (let c = 0; c < shifts.length; c++) {
    const from = kernel.cellFacts * c;
    const [sum, square] = [added[from] ?? 0, added[from + 1] ?? 0];
    let n = into.pixels;
    for (let k = 2; k < kernel.cellFacts; k++) n -= added[from + k] ?? 0;
    if (n > 0) {
      addMoments(cells, momentFacts * c, n, (shifts[c] ?? 0) + sum / n, Math.max(0, square - (sum * sum) / n));
    }
    addOdd(cells, momentFacts * c, added, from + 2);
  }
  added.fill(0);
  into.pixels = 0;
}

/** Adds what was seen elsewhere. */
export function addStoredValues(into: StoredValues, from: StoredValues): void {
  settleMoments(from);
  const { facts, cells } = into;
  facts.min = Math.min(facts.min, from.facts.min);
  facts.max = Math.max(facts.max, from.facts.max);
  facts.outside += from.facts.outside;
  facts.zeros += from.facts.zeros;
  facts.integers += from.facts.integers;
  facts.huge += from.facts.huge;
  for (let at = 0; at < cells.length; at += momentFacts) {
    const n = from.cells[at] ?? 0;
    if (n > 0) addMoments(cells, at, n, from.cells[at + 1] ?? 0, from.cells[at + 2] ?? 0);
    addOdd(cells, at, from.cells, at + 3);
  }
  for (const value of from.distinct) if (into.distinct.size <= fewValues) into.distinct.add(value);
  const [one = 0, wide = 0, ratio = 0] = from.sums;
  into.sums.set([(into.sums[0] ?? 0) + one, (into.sums[1] ?? 0) + wide, Math.max(into.sums[2] ?? 0, ratio)]);
  if (into.errors.length === 0) into.errors = from.errors.slice();
  else kernel.add(into.errors, from.errors, into.errors, 1, from.errors.length, from.errors.length);
  kernel.add(into.ends, from.ends, into.ends, 1, 2, 2);
  into.logSums += from.logSums;
}

/** Adds a set of m values to a channel, by its mean and summed squared distance from that (Chan, Golub & LeVeque 1983). */
function addMoments(cells: Float64Array, at: number, m: number, mean: number, apart: number): void {
  const n = cells[at] ?? 0;
  const step = mean - (cells[at + 1] ?? 0);
  cells[at] = n + m;
  cells[at + 1] = n === 0 ? mean : (cells[at + 1] ?? 0) + (step * m) / (n + m);
  cells[at + 2] = (cells[at + 2] ?? 0) + apart + (n === 0 ? 0 : (step * step * n * m) / (n + m));
}

/** Adds the numbers of values that are not finite. */
function addOdd(cells: Float64Array, at: number, from: Float64Array, first: number): void {
  for (let k = 0; k < 3; k++) cells[at + 3 + k] = (cells[at + 3 + k] ?? 0) + (from[first + k] ?? 0);
}
