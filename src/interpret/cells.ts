import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';

/** What the numbers of the cells, one run of them per image and channel, say together; `firstBad` is the first cell with a non-finite value. */
export function summariseCells(cells: Float64Array, shifts: Float64Array, channels: number, pixels: number) {
  const all = { nan: 0, positiveInfinity: 0, negativeInfinity: 0 };
  const means = new Float64Array(shifts.length);
  const deviation = new Float64Array(shifts.length);
  const masked = new Set(Array.from({ length: channels }, (_, c) => c));
  const bad: number[] = [];
  shifts.forEach((shift, cell) => {
    const [sum = 0, square = 0, nan = 0, positive = 0, negative = 0] = cells.subarray(kernel.cellFacts * cell);
    const n = pixels - nan - positive - negative;
    all.nan += nan;
    all.positiveInfinity += positive;
    all.negativeInfinity += negative;
    means[cell] = shift + sum / n;
    deviation[cell] = Math.sqrt(Math.max(0, square / n - (sum / n) ** 2));
    if (n < pixels) bad.push(cell);
    if (negative < pixels) masked.delete(cell % channels);
  });
  return {
    ...all,
    means,
    deviation,
    maskedChannels: [...masked],
    nonFiniteImages: new Set(bad.map((cell) => Math.floor(cell / channels))).size,
    firstBad: bad[0] ?? null,
  };
}

/** Pixels that are looked at together. */
const run = 65_536;

/** Image, channel and spatial index of the first non-finite value of a cell. */
export function firstNonFinite(stack: Stack, cell: number): number[] {
  const { channels, spatial } = stack;
  const [image, channel] = [Math.floor(cell / channels), cell % channels];
  const pixels = spatial.reduce((a, b) => a * b, 1);
  let rest = -1;
  for (let start = 0; rest < 0; start += run) {
    const values = new Float64Array(Math.min(run, pixels - start));
    kernel.gather(plane(stack, image, channel), start, values.length, values, 0);
    const at = values.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) rest = start + at;
  }
  const index: number[] = [];
  for (const length of [...spatial].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return [image, channel, ...index];
}
