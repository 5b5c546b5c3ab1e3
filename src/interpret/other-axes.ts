import type { WrongAxis } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { plane, type Stack } from '../measure/arrays.ts';

/** Pixels that are looked at together, over all channels. */
const most = 1 << 18;

/** Median distance from 1 of the sums along every axis but the class axis, and over space; axes of length 1 are left out. */
export function otherAxes(stack: Stack): { axis: WrongAxis; sumError: number }[] {
  const { images, spatial } = stack;
  const letters = (['D', 'H', 'W'] as const).slice(3 - spatial.length);
  const product = (lengths: readonly number[]): number => lengths.reduce((a, b) => a * b, 1);
  const single = letters.map((axis, k) => ({ axis, length: spatial[k] ?? 1, inner: product(spatial.slice(k + 1)) }));
  const space = { axis: 'space', length: product(spatial), inner: 1 } as const;
  const long = single.filter(({ length }) => length > 1);
  const along = [...long, ...(long.length > 1 ? [space] : [])].map((it): Along => ({ ...it, errors: noErrors() }));
  for (let image = 0; image < images; image++) {
    for (const { errors, sums } of sumsAlong(stack, image, along))
      for (const sum of sums) kernel.addError(sum - 1, errors);
  }
  const out = along.map(({ axis, errors }) => ({ axis, sumError: median(errors) }));
  return images > 1 ? [{ axis: 'N', sumError: median(overImages(stack)) }, ...out] : out;
}

interface Along {
  readonly axis: WrongAxis;
  readonly length: number;
  /** Pixels between two neighbours along it. */
  readonly inner: number;
  readonly errors: Float64Array;
}

/** The sums of an image along some of its axes, channel by channel. */
function sumsAlong(stack: Stack, image: number, along: readonly Along[]) {
  const { channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const all = along.map((it) => ({
    ...it,
    each: pixels / it.length,
    sums: new Float64Array((channels * pixels) / it.length),
  }));
  eachRun(stack, (start, values) => {
    for (let c = 0; c < channels; c++) {
      kernel.gather(plane(stack, image, c), start, values.length, values, 0);
      for (const { length, inner, each, sums } of all) {
        kernel.sumAlongAxis(values, start, length, inner, sums.subarray(c * each, (c + 1) * each));
      }
    }
  });
  return all;
}

/** The errors of the sums over the images, pixel by pixel. */
function overImages(stack: Stack): Float64Array {
  const errors = noErrors();
  eachRun(stack, (start, values) => {
    const sums = Array.from({ length: stack.channels }, () => new Float64Array(values.length));
    for (let image = 0; image < stack.images; image++) {
      for (const [c, own] of sums.entries()) {
        kernel.gather(plane(stack, image, c), start, values.length, values, 0);
        kernel.add(own, values, own, 1, values.length, values.length);
      }
    }
    for (const own of sums) for (const sum of own) kernel.addError(sum - 1, errors);
  });
  return errors;
}

/** Runs of pixels with room for their values. */
function eachRun({ channels, spatial }: Stack, visit: (start: number, values: Float64Array) => void): void {
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const length = Math.max(256, Math.floor(most / channels));
  const values = new Float64Array(Math.min(length, pixels));
  for (let start = 0; start < pixels; start += length)
    visit(start, values.subarray(0, Math.min(length, pixels - start)));
}

function noErrors(): Float64Array {
  return new Float64Array(kernel.absoluteBins);
}

function median(errors: Float64Array): number {
  return kernel.absoluteAt(kernel.quantileBin(errors, 0.5));
}
