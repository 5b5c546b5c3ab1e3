import type { Reals } from './reals.ts';

/** Bins to the octave, and the lowest octave that has its own: 2^-24 to 2^7, beyond which values go to the outermost bins. */
const perOctave = 16;
const lowestOctave = -24;
export const spreadBins = (7 - lowestOctave) * perOctave;

/** The upper bits of a float32: exponent and the first four bits of the fraction, so that bins need no logarithm. */
const number = new Float32Array(1);
const bits = new Int32Array(number.buffer);
const firstBin = (127 + lowestOctave) * perOctave;

/** Lower edge of a bin. */
export function spreadEdge(bin: number): number {
  return 2 ** (lowestOctave + Math.floor(bin / perOctave)) * (1 + (bin % perOctave) / perOctave);
}

/** Counts of the values by size, and their sums, over the valid pixels; larger ones count as `ceiling`, NaN not at all. */
export function addSpread(
  values: Reals,
  labels: Int32Array,
  ceiling: number,
  counts: Float64Array,
  sums: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] < 0 || Number.isNaN(values[i])) continue;
    const value = Math.min(values[i], ceiling);
    number[0] = value;
    const bin = Math.max(0, Math.min((bits[0] >> 19) - firstBin, spreadBins - 1));
    counts[bin]++;
    sums[bin] += value;
  }
}
