import type { Reals } from './reals.ts';

/** Bins of the histogram of |x|: eight per octave, by the exponent and the first three bits of the mantissa of a single. */
export const absoluteBins = 2048;

/** A single, and its bits. */
const single = new Float32Array(1);
const bits = new Int32Array(single.buffer);

/** Value at the lower edge of a bin of the histogram of |x|. */
export function absoluteAt(bin: number): number {
  bits[0] = bin << 20;
  return single[0];
}

/** Plain facts of the finite values of an array, added up. */
export interface ValueFacts {
  min: number;
  max: number;
  /** Values below -1e-3 or above 1.001. */
  outside: number;
  zeros: number;
  integers: number;
  /** Values beyond 1000 in size. */
  huge: number;
}

/** Numbers of a channel: sum and sum of squares of x - shift over the finite values; how many are NaN, Infinity and -Infinity. */
export const cellFacts = 5;

/** Facts of a tile; `cells` holds a run of numbers per channel. */
export function valueFacts(
  x: Reals,
  channels: number,
  stride: number,
  count: number,
  shifts: Float64Array,
  facts: ValueFacts,
  cells: Float64Array,
): void {
  for (let c = 0; c < channels; c++) {
    const cell = cellFacts * c;
    for (let i = c * stride, end = i + count; i < end; i++) {
      const v = x[i];
      if (!Number.isFinite(v)) {
        cells[cell + (Number.isNaN(v) ? 2 : v > 0 ? 3 : 4)]++;
        continue;
      }
      if (v < facts.min) facts.min = v;
      if (v > facts.max) facts.max = v;
      if (v < -1e-3 || v > 1.001) facts.outside++;
      if (v === 0) facts.zeros++;
      if (Math.floor(v) === v) facts.integers++;
      if (Math.abs(v) > 1e3) facts.huge++;
      const d = v - shifts[c];
      cells[cell] += d;
      cells[cell + 1] += d * d;
    }
  }
}

/** Adds the sizes of the finite values of a tile to a histogram of absolute values. */
export function countSizes(x: Reals, channels: number, stride: number, count: number, sizes: Float64Array): void {
  for (let c = 0; c < channels; c++) {
    for (let i = c * stride, end = i + count; i < end; i++) if (Number.isFinite(x[i])) addError(x[i], sizes);
  }
}

/** Counts the values of a tile above 0.70 and below 0.51. */
export function countEnds(x: Reals, channels: number, stride: number, count: number, ends: Float64Array): void {
  for (let c = 0; c < channels; c++) {
    for (let i = c * stride, end = i + count; i < end; i++) {
      if (x[i] > 0.7) ends[0]++;
      else if (x[i] < 0.51) ends[1]++;
    }
  }
}

/** Facts of whole pixels of an array whose values lie in [0, 1]: [sums within tolerance of 1, pixels with ln(max/min) >= 0.9, largest ln(max/min)];
 * |sum - 1| goes to a histogram of absolute values. */
export function sumFacts(
  x: Reals,
  channels: number,
  stride: number,
  count: number,
  tolerance: number,
  facts: Float64Array,
  errors: Float64Array,
): void {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    let low = Infinity;
    let high = -Infinity;
    for (let c = 0; c < channels; c++) {
      const v = x[c * stride + i];
      sum += v;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    const error = sum - 1;
    if (Math.abs(error) <= tolerance) facts[0]++;
    addError(error, errors);
    const ratio = Math.log(high / low);
    if (ratio >= 0.9) facts[1]++;
    if (ratio > facts[2]) facts[2] = ratio;
  }
}

/** Adds the size of a number to a histogram of absolute values; NaN to the last bins. */
export function addError(error: number, errors: Float64Array): void {
  single[0] = Math.abs(error);
  errors[bits[0] >>> 20]++;
}

/** Pixels whose channels, taken as log-probabilities, have |logsumexp| < 1e-3. */
export function logSumsToZero(x: Reals, channels: number, stride: number, count: number): number {
  let close = 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += Math.exp(x[c * stride + i]);
    if (Math.abs(Math.log(sum)) < 1e-3) close++;
  }
  return close;
}

/** Index of the value at a share of a histogram's total: 0.5 for the median. */
export function quantileBin(histogram: Float64Array, share: number): number {
  let total = 0;
  for (let k = 0; k < histogram.length; k++) total += histogram[k];
  let seen = 0;
  for (let k = 0; k < histogram.length; k++) {
    seen += histogram[k];
    if (seen >= share * total) return k;
  }
  return histogram.length - 1;
}

/** Adds each value of a run from pixel `start` on to the sum of its group along one axis: pixels are laid out as outer x length x inner. */
export function sumAlongAxis(x: Reals, start: number, length: number, inner: number, sums: Float64Array): void {
  if (inner === 1) {
    let into = Math.floor(start / length);
    let left = length - (start % length);
    for (let i = 0; i < x.length; i++) {
      sums[into] += x[i];
      if (--left > 0) continue;
      into++;
      left = length;
    }
    return;
  }
  for (let done = 0; done < x.length; ) {
    const row = Math.floor((start + done) / inner);
    const column = start + done - row * inner;
    const run = Math.min(inner - column, x.length - done);
    const into = Math.floor(row / length) * inner + column;
    for (let i = 0; i < run; i++) sums[into + i] += x[done + i];
    done += run;
  }
}
