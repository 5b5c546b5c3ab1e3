import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';
import { momentFacts, type StoredValues } from '../measures/index.ts';

/** What the channels of all images say together; `firstBad` is the first cell, image by image, with a non-finite value. */
export function summariseCells(images: readonly StoredValues[], channels: number) {
  const all = { nan: 0, positiveInfinity: 0, negativeInfinity: 0 };
  const means = new Float64Array(images.length * channels);
  const deviation = new Float64Array(images.length * channels);
  const masked = new Set(Array.from({ length: channels }, (_, c) => c));
  const bad: number[] = [];
  images.forEach(({ cells }, image) => {
    for (let c = 0; c < channels; c++) {
      const cell = image * channels + c;
      const [n = 0, mean = 0, apart = 0, nan = 0, positive = 0, negative = 0] = cells.subarray(momentFacts * c);
      all.nan += nan;
      all.positiveInfinity += positive;
      all.negativeInfinity += negative;
      means[cell] = n === 0 ? Number.NaN : mean;
      deviation[cell] = Math.sqrt(apart / n);
      if (nan + positive + negative > 0) bad.push(cell);
      if (n + nan + positive > 0) masked.delete(c);
    }
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
