import type { Labels, Reals } from './reals.ts';

/** The class with the largest score per pixel, the lowest of equals; -1 where all scores are NaN. */
export function winningClass(scores: Reals, out: Labels, channels: number, stride: number, count: number): void {
  for (let i = 0; i < count; i++) {
    let winner = -1;
    let best = -Infinity;
    for (let c = 0; c < channels; c++) {
      const score = scores[c * stride + i];
      if (score > best || (winner < 0 && score === best)) {
        best = score;
        winner = c;
      }
    }
    out[i] = winner;
  }
}

/** The set of classes whose value is above the threshold, as a sum of powers of two; 0 or 1 for one channel. */
export function classSets(
  values: Reals,
  threshold: number,
  out: Labels,
  channels: number,
  stride: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    let set = 0;
    for (let c = 0; c < channels; c++) if (values[c * stride + i] > threshold) set |= 1 << c;
    out[i] = set;
  }
}

/** Copies labels; with `ignoredOnly` only those that are negative. */
export function keepLabels(labels: Int32Array, ignoredOnly: boolean, out: Labels, count: number): void {
  for (let i = 0; i < count; i++) if (!ignoredOnly || labels[i] < 0) out[i] = labels[i];
}

/** Pixels of an image: their index, and their coordinates one after the other. */
export interface Sample {
  readonly pixels: Int32Array;
  readonly coordinates: Int32Array;
}

/** The pixels `i * step mod n`, i = 0 .. count - 1, of an image of n pixels: all of them, or a few spread evenly. */
export function samplePixels(shape: readonly number[], step: number, count: number): Sample {
  const rank = shape.length;
  const pixels = new Int32Array(count);
  const coordinates = new Int32Array(count * rank);
  const size = shape.reduce((product, length) => product * length, 1);
  for (let i = 0; i < count; i++) {
    let rest = (i * step) % size;
    pixels[i] = rest;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const up = Math.floor(rest / shape[axis]);
      coordinates[i * rank + axis] = rest - up * shape[axis];
      rest = up;
    }
  }
  return { pixels, coordinates };
}

/** The values at the sampled pixels. */
export function valuesAt(values: Labels, { pixels }: Sample): Int16Array {
  const out = new Int16Array(pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = values[pixels[i]];
  return out;
}

/** Where the label of a pixel at x stands: at `base` + sum of strides * (x + offset), if x + offset lies within the shape. */
export interface Reading {
  readonly base: number;
  readonly strides: readonly number[];
  readonly offset: readonly number[];
  readonly shape: readonly number[];
}

/** Adds sampled decisions to [agreed, in the target, decided] per class; those without a label or a decision are left out. */
export function countAgreement(
  decisions: Labels,
  labels: Labels,
  { coordinates }: Sample,
  { base, strides, offset, shape }: Reading,
  rows: number,
  counts: Float64Array,
): void {
  const rank = shape.length;
  const last = rank - 1;
  const [width, height, depth] = [shape[last], shape[last - 1] ?? 1, shape[last - 2] ?? 1];
  const [right, down, back] = [offset[last], offset[last - 1] ?? 0, offset[last - 2] ?? 0];
  const [columns, rowsApart, slices] = [strides[last], strides[last - 1] ?? 0, strides[last - 2] ?? 0];
  for (let i = 0; i < decisions.length; i++) {
    const decision = decisions[i];
    if (decision < 0) continue;
    const place = i * rank + last;
    const x = coordinates[place] + right;
    if (x < 0 || x >= width) continue;
    const y = rank > 1 ? coordinates[place - 1] + down : 0;
    if (y < 0 || y >= height) continue;
    const z = rank > 2 ? coordinates[place - 2] + back : 0;
    if (z < 0 || z >= depth) continue;
    const label = labels[base + x * columns + y * rowsApart + z * slices];
    if (label < 0 || label >= rows) continue;
    if (label === decision) counts[label]++;
    counts[rows + label]++;
    counts[2 * rows + decision]++;
  }
}

/** The same for every pixel of an image, row by row. */
export function countWholeAgreement(
  decisions: Labels,
  labels: Labels,
  { base, strides, offset, shape }: Reading,
  rows: number,
  counts: Float64Array,
): void {
  const last = shape.length - 1;
  const width = shape[last];
  const [step, shift] = [strides[last], offset[last]];
  const [from, to] = [Math.max(0, -shift), Math.min(width, width - shift)];
  for (let start = 0; start < decisions.length; start += width) {
    let rest = start / width;
    let at = base + shift * step;
    for (let axis = last - 1; axis >= 0; axis--) {
      const length = shape[axis];
      const up = Math.floor(rest / length);
      const x = rest - up * length + offset[axis];
      at = x < 0 || x >= length ? Number.NaN : at + x * strides[axis];
      rest = up;
    }
    if (Number.isNaN(at)) continue;
    for (let x = from; x < to; x++) {
      const decision = decisions[start + x];
      const label = labels[at + x * step];
      if (decision < 0 || label < 0 || label >= rows) continue;
      if (label === decision) counts[label]++;
      counts[rows + label]++;
      counts[2 * rows + decision]++;
    }
  }
}
