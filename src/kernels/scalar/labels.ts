import type { Reals } from './reals.ts';

/** A table from stored integers to class ids: entry v - `from` is the class, -1 ignored, -2 no class. */
export interface LabelTable {
  readonly from: number;
  readonly classes: Int32Array;
}

/** Class id per pixel: -1 where ignored, -2 where the value is no class (fractions included). */
export function lookUp(values: Reals, table: LabelTable, out: Int32Array, count: number): void {
  const { from, classes } = table;
  for (let i = 0; i < count; i++) {
    const at = values[i] - from;
    out[i] = at >= 0 && at < classes.length && Math.floor(at) === at ? classes[at] : -2;
  }
}

/** Every value becomes the second number of the pair whose first is nearest to it; halfway, of the pair that stands first. */
export function toLevels(
  x: Reals,
  levels: readonly (readonly [level: number, becomes: number])[],
  channels: number,
  stride: number,
  count: number,
): void {
  for (let c = 0; c < channels; c++) {
    for (let j = c * stride, end = j + count; j < end; j++) {
      let best = levels[0];
      for (let k = 1; k < levels.length; k++) {
        if (Math.abs(x[j] - levels[k][0]) < Math.abs(x[j] - best[0])) best = levels[k];
      }
      x[j] = best[1];
    }
  }
}

/** Values that are class ids as labels, -2 where a value is none; -1 stays. */
export function asLabels(x: Reals, labels: Int32Array, channels: number, count: number): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] === -1) continue;
    labels[i] = x[i] >= 0 && x[i] < channels && Math.floor(x[i]) === x[i] ? x[i] : -2;
  }
}

/** 0 per pixel, or -1 where any channel holds an ignored value. */
export function maskIgnored(
  targets: Reals,
  ignore: readonly number[],
  out: Int32Array,
  channels: number,
  stride: number,
  count: number,
): void {
  out.fill(0, 0, count);
  if (ignore.length === 0) return;
  for (let c = 0; c < channels; c++) {
    for (let i = 0; i < count; i++) if (ignore.includes(targets[c * stride + i])) out[i] = -1;
  }
}

/** Ignored pixels become pixels of a class: 0/1 for one channel, one-hot for several. */
export function fillIgnored(
  targets: Reals,
  labels: Int32Array,
  ignored: number,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] >= 0) continue;
    labels[i] = 0;
    for (let c = 0; c < channels; c++) targets[c * stride + i] = (channels === 1 ? 1 : c) === ignored ? 1 : 0;
  }
}

/**
 * The channel that holds the one of a one-hot pixel, -1 where there is none (the pixel is read as ignored). Where there are several,
 * the last, or -2 if overlaps are no slips.
 */
export function fromOneHot(
  targets: Reals,
  out: Int32Array,
  channels: number,
  stride: number,
  count: number,
  overlaps = false,
): void {
  for (let i = 0; i < count; i++) {
    let label = -1;
    for (let c = 0; c < channels; c++) if (targets[c * stride + i] > 0.5) label = label === -1 || !overlaps ? c : -2;
    out[i] = label;
  }
}

/** 1 where the target is above 1/2, else 0; -1 stays -1. */
export function binaryRows(targets: Reals, labels: Int32Array, out: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) out[i] = labels[i] < 0 ? -1 : targets[i] > 0.5 ? 1 : 0;
}

/** Counts pixels per class id, each as often as `times` says; the ignored ones at `channels`, those of no class after them. */
export function countLabels(
  labels: Int32Array,
  counts: Float64Array,
  channels: number,
  count: number,
  times: Float64Array | null = null,
): void {
  for (let i = 0; i < count; i++)
    counts[labels[i] >= 0 ? labels[i] : channels - 1 - labels[i]] += times === null ? 1 : times[i];
}

/** Per channel, each pixel as often as `times` says: pixels with a target above 1/2, the sum of those targets and of their squares, and the same two of the rest. */
export function countTargets(
  targets: Reals,
  labels: Int32Array,
  totals: Float64Array,
  channels: number,
  stride: number,
  count: number,
  times: Float64Array | null = null,
): void {
  for (let c = 0; c < channels; c++) {
    const at = 5 * c;
    for (let i = 0; i < count; i++) {
      if (labels[i] < 0) continue;
      const n = times === null ? 1 : times[i];
      const t = targets[c * stride + i];
      const member = t > 0.5;
      if (member) totals[at] += n;
      totals[at + (member ? 1 : 3)] += n * t;
      totals[at + (member ? 2 : 4)] += n * t * t;
    }
  }
}

/** Fills the rest of the last group of four with the least integer, which the SIMD kernels count nowhere. */
export function closeRows(rows: Int32Array, count: number): void {
  rows.fill(-(2 ** 31), count, Math.min(rows.length, Math.ceil(count / 4) * 4));
}
