import type { Reals } from './reals.ts';

/** Pixels that a ramp may take from one label to the next: a linear resize leaves one or two of each value. */
const thin = 2;
/** Average step from which a ramp skips labels. A resize to four times the size leaves them, bins of a depth hardly ever. */
const leastStep = 1.5;
/** Marks of pixels on ramps. */
const skipping = 1;
const inOrder = 2;
/** Kinds of ramps that are told apart. */
const kindLimit = 64;

/** How labels change along the rows and columns of a map. */
export interface RampCounts {
  /**
   * Changes by way of values in between, each at most two pixels long, and the pixels of those. Ramps with hardly a
   * label skipped do not count: skin, skull and brain, or bins of a depth, are in order by themselves.
   */
  graded: number;
  pixels: number;
  /** Pixels looked at. */
  seen: number;
  /** Changes that skip values at once. */
  sharp: number;
  /** Ramps in which no label is skipped, and the pixels of each label on them. */
  ordered: number;
  readonly onOrdered: Map<number, number>;
  /** For each kind of ramp, written `low between high`, how often it occurs; up to 64 kinds. */
  readonly kinds: Map<string, number>;
}

/** Counts nothing yet. */
export function noRamps(): RampCounts {
  return { graded: 0, pixels: 0, seen: 0, sharp: 0, ordered: 0, onOrdered: new Map(), kinds: new Map() };
}

/**
 * Adds up how the labels of planes change along each row and column. A change is sharp from a difference of `step` on: 2
 * for whole numbers, between which one could lie, 1 where fractions are possible.
 */
export function countRamps(x: Reals, shape: readonly number[], step: number, counts: RampCounts): void {
  const between = new Uint8Array(x.length);
  everyLine(x, shape, (from, stride, length) => walkLine(x, from, stride, length, step, counts, between));
  for (let i = 0; i < between.length; i++) {
    if (between[i] === skipping) counts.pixels++;
    else if (between[i] === inOrder) counts.onOrdered.set(x[i], (counts.onOrdered.get(x[i]) ?? 0) + 1);
  }
  counts.seen += x.length;
}

/** Pixels on a ramp, and fractions, take the value of the nearest pixel of their plane that is neither; in place. */
export function flattenRamps(x: Reals, shape: readonly number[]): void {
  const between = new Uint8Array(x.length);
  everyLine(x, shape, (from, stride, length) => walkLine(x, from, stride, length, 1, null, between));
  for (let i = 0; i < x.length; i++) if (Math.floor(x[i]) !== x[i]) between[i] = 1;
  const width = shape[shape.length - 1];
  const plane = width * (shape.length > 1 ? shape[shape.length - 2] : 1);
  let front: number[] = [];
  for (let i = 0; i < x.length; i++) if (between[i] === 0) front.push(i);
  while (front.length > 0) {
    const next: number[] = [];
    const spread = (to: number, from: number): void => {
      if (between[to] === 0) return;
      between[to] = 0;
      x[to] = x[from];
      next.push(to);
    };
    for (const i of front) {
      const at = i % plane;
      if (at % width > 0) spread(i - 1, i);
      if (at % width < width - 1) spread(i + 1, i);
      if (at >= width) spread(i - width, i);
      if (at < plane - width) spread(i + width, i);
    }
    front = next;
  }
}

/** Visits every row and every column of every plane: first pixel, step, pixels. */
function everyLine(
  x: Reals,
  shape: readonly number[],
  visit: (from: number, stride: number, length: number) => void,
): void {
  const width = shape[shape.length - 1];
  const height = shape.length > 1 ? shape[shape.length - 2] : 1;
  for (let plane = 0; plane < x.length; plane += width * height) {
    for (let row = 0; row < height; row++) visit(plane + row * width, 1, width);
    for (let column = 0; column < width; column++) visit(plane + column, width, height);
  }
}

/** Follows a line from run to run of equal values; marks the pixels of ramps and, where asked, counts. */
function walkLine(
  x: Reals,
  from: number,
  stride: number,
  length: number,
  step: number,
  counts: RampCounts | null,
  between: Uint8Array,
): void {
  const end = from + length * stride;
  let at = from;
  while (at < end && x[at] === x[from]) at += stride;
  let label = x[from];
  while (at < end) {
    const first = at;
    const rises = x[at] > label;
    let next = endOfRun(x, at, stride, end);
    while (next < end && next - at <= thin * stride && x[next] !== x[at] && x[next] > x[at] === rises) {
      at = next;
      next = endOfRun(x, at, stride, end);
    }
    const ramp = at > first;
    if (ramp) {
      const ordered = counts !== null && !skips(x, first, at, stride, label);
      for (let i = first; i < at; i += stride) if (between[i] !== skipping) between[i] = ordered ? inOrder : skipping;
      if (ordered) counts.ordered++;
      else if (counts !== null) countRamp(x, first, at, stride, label, counts);
    }
    if (!ramp && counts !== null && Math.abs(x[at] - label) >= step) counts.sharp++;
    label = x[at];
    at = next;
  }
}

function endOfRun(x: Reals, at: number, stride: number, end: number): number {
  const value = x[at];
  let next = at + stride;
  while (next < end && x[next] === value) next += stride;
  return next;
}

/** True for a ramp with a fraction in it, or with steps that are 1.5 or more on average. */
function skips(x: Reals, first: number, last: number, stride: number, label: number): boolean {
  let before = label;
  let steps = 0;
  for (let i = first; i <= last; i += stride) {
    if (Math.floor(x[i]) !== x[i]) return true;
    if (x[i] !== before) steps++;
    before = x[i];
  }
  return Math.abs(x[last] - label) >= leastStep * steps;
}

function countRamp(x: Reals, first: number, last: number, stride: number, label: number, counts: RampCounts): void {
  const { kinds } = counts;
  const low = Math.min(label, x[last]);
  const high = Math.max(label, x[last]);
  counts.graded++;
  for (let i = first; i < last; i += stride) {
    if (i > first && x[i] === x[i - stride]) continue;
    const kind = `${low} ${x[i]} ${high}`;
    const known = kinds.get(kind);
    if (known !== undefined || kinds.size < kindLimit) kinds.set(kind, (known ?? 0) + 1);
  }
}
