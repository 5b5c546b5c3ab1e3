import { elementCount, type StoredArray, type TargetProfile } from '../core/index.ts';
import * as kernel from '../kernels/index.ts';
import { gatherTile, plane, type Stack } from '../measure/arrays.ts';

const run = 8192;

/** Numbers that are read from a file at a time where their order does not matter. */
const longRun = 65_536;

/** How often each value of a target occurs. */
export type TargetCounts = kernel.ValueCounts;

/** The distinct values of a target, whatever its axes mean. */
export function countTargetValues(target: StoredArray): TargetCounts {
  const counts = kernel.noValues();
  const { shape, strides, data, offset } = target;
  if (isWhole(target)) {
    kernel.eachRun(data, longRun, (values) => kernel.countValues(values, counts));
    return counts;
  }
  const values = new Float64Array(run);
  const whole = {
    data,
    base: offset,
    shape: shape.length === 0 ? [1] : shape,
    strides: shape.length === 0 ? [1] : strides,
  };
  const size = elementCount(shape);
  for (let start = 0; start < size; start += run) {
    const count = Math.min(run, size - start);
    kernel.gather(whole, start, count, values, 0);
    kernel.countValues(values.subarray(0, count), counts);
  }
  return counts;
}

/** True when an array holds every number of its data once, in whatever order. */
function isWhole({ shape, strides, data }: StoredArray): boolean {
  const axes = shape.map((length, axis) => ({ length, step: Math.abs(strides[axis] ?? 0) }));
  let next = 1;
  for (const { length, step } of axes.sort((a, b) => a.step - b.step)) {
    if (length > 1 && step !== next) return false;
    next *= length;
  }
  return next === data.length;
}

/** The counts as a map from value to pixels, ascending. */
export function valueMap(counts: TargetCounts): Map<number, number> {
  const entries = [...counts.map];
  const { table, min, max } = counts;
  for (
    let at = Math.max(0, Math.floor(min) - kernel.tableFrom);
    at < table.length && at + kernel.tableFrom <= max;
    at++
  ) {
    const pixels = table[at] ?? 0;
    if (pixels > 0) entries.push([at + kernel.tableFrom, pixels]);
  }
  return new Map(entries.sort(([a], [b]) => a - b));
}

/** Whole-array facts of a target whose axes are known; `suspects` are values to look up near edges. */
export function profileTarget(stack: Stack, counts: TargetCounts, suspects: readonly number[]): TargetProfile {
  const size = stack.array.shape.reduce((a, b) => a * b, 1);
  return {
    size,
    nonFinite: counts.nonFinite,
    min: counts.min,
    max: counts.max,
    values: valueMap(counts),
    complete: counts.complete,
    integers: counts.integers / size,
    colours: [],
    channelSums: stack.channels > 1 ? channelSums(stack) : null,
    nearEdges: nearEdges(stack, counts, suspects),
  };
}

function channelSums(stack: Stack): { none: number; one: number; several: number } {
  const { images, channels, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const stride = Math.max(256, Math.floor(run / channels));
  const values = new Float64Array(channels * stride);
  const members = new Float64Array(3);
  for (let image = 0; image < images; image++) {
    for (let start = 0; start < pixels; start += stride) {
      const count = Math.min(stride, pixels - start);
      gatherTile(stack, image, start, count, values, stride);
      kernel.countMembers(values, channels, stride, count, members);
    }
  }
  const [none = 0, one = 0, several = 0] = members;
  const all = images * pixels;
  return { none: none / all, one: one / all, several: several / all };
}

/** Share of each suspect's pixels within 3 px of another label or of the border: void hugs edges, classes do not. */
function nearEdges(stack: Stack, { min, max }: kernel.ValueCounts, suspects: readonly number[]): Map<number, number> {
  const found = new Map(suspects.map((value) => [value, { pixels: 0, near: 0 }]));
  if (suspects.length === 0 || stack.channels > 1) return new Map();
  const { images, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const values = new Float64Array(run);
  const labels = kernel.roomForLabels(Math.round(max), pixels, ArrayBuffer, Math.round(min));
  for (let image = 0; image < images; image++) {
    for (let start = 0; start < pixels; start += run) {
      const count = Math.min(run, pixels - start);
      kernel.gather(plane(stack, image, 0), start, count, values, 0);
      labels.set(values.subarray(0, count).map(Math.round), start);
    }
    const squared = kernel.squaredDistances(
      labels,
      spatial,
      spatial.map(() => 1),
    );
    for (const [value, sum] of found) {
      const seen = kernel.countNearEdges(labels, squared, spatial, value, 3);
      sum.pixels += seen.pixels;
      sum.near += seen.near;
    }
  }
  return new Map([...found].map(([value, { pixels: n, near }]) => [value, n === 0 ? 0 : near / n]));
}

/**
 * Distinct colours of a target with a colour axis, as 0-255 once multiplied by `scale`, most frequent first; empty when there are
 * too many for a code.
 */
export function targetColours(stack: Stack, scale: number): { colour: readonly number[]; pixels: number }[] {
  const { images, spatial } = stack;
  const pixels = spatial.reduce((a, b) => a * b, 1);
  const planes = [0, 1, 2].map(() => new Float64Array(run)) as [Float64Array, Float64Array, Float64Array];
  const colours = new Map<number, number>();
  for (let image = 0; image < images; image++) {
    for (let start = 0; start < pixels; start += run) {
      const count = Math.min(run, pixels - start);
      planes.forEach((values, c) => {
        kernel.gather(plane(stack, image, c), start, count, values, 0);
      });
      if (!kernel.countColours(...planes, count, scale, colours)) return [];
    }
  }
  return [...colours]
    .sort(([, a], [, b]) => b - a)
    .map(([packed, n]) => ({
      colour: [packed % 65_536, Math.floor(packed / 65_536) % 65_536, Math.floor(packed / 2 ** 32)],
      pixels: n,
    }));
}

/** Lossy formats store brightness and two differences, and come back with the three channels this far apart. */
const lossyGap = 4;

/** True when red, green and blue are the same everywhere. More colours than are counted (an empty list) cannot all be grey. */
export function areGrey(
  colours: readonly { readonly colour: readonly number[] }[],
  { array, channels }: Stack,
): boolean {
  const gap = array.hints.lossy === true ? lossyGap : 0;
  const near = (a = 0, b = 0): boolean => Math.abs(a - b) <= gap;
  return colours.length > 0 && colours.every(({ colour: [r, g, b] }) => near(r, g) && (channels < 3 || near(g, b)));
}
