import * as scalar from '../scalar/distance.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { type Engine, returnEngine, takeEngine } from './engine.ts';

/** Pixels that are worked on at a time, in whole planes: they stay in a core's own cache. */
const SLAB = 32_768;

/** Steps to another label where there is none on that side. */
const NONE = 65_535;

/** Columns that the kernel works on at a time, pixels that it repeats at either end of a row, and doubles to a parabola. */
const COLUMNS = 8;
const MARGIN = 104;
const PARABOLA = 4;

/** An image of up to three axes as planes across the first one. Axes of one pixel are left out, and the middle one added. */
interface Planes {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly size: number;
  /** Distances between planes, rows and columns. */
  readonly apart: readonly [number, number, number];
}

/** The part of an image that is worked on, in the memory of an engine. */
interface Slab {
  readonly engine: Engine;
  readonly planes: number;
  /** Labels and steps, with room for a plane before or after. */
  readonly labels: Int16Array;
  readonly steps: Uint16Array;
  readonly squares: Reals;
}

/**
 * Squared distance to the nearest pixel of another label: see the scalar kernel, whose results these are to the last bit. Beside
 * labels and result it needs room for a slab only: the steps along the first axis wait where the result will stand.
 */
export function squaredDistances(labels: Labels, shape: readonly number[], spacing: readonly number[]): Reals {
  const planes = fitsShorts(labels) ? planesOf(shape, spacing) : null;
  const out = scalar.roomForSquares(shape, spacing);
  const slab = planes && openSlab(planes, out);
  if (planes === null || slab === null) return scalar.squaredDistances(labels, shape, spacing);
  const steps = new Uint16Array(out.buffer, 0, labels.length);
  stepDown(labels, steps, planes, slab);
  finishUp(labels, steps, out, planes, slab);
  returnEngine(slab.engine);
  return out;
}

function fitsShorts(labels: Labels): boolean {
  return !(labels instanceof Int32Array) || labels.every((label) => label === (label << 16) >> 16);
}

function planesOf(shape: readonly number[], spacing: readonly number[]): Planes | null {
  const axes = shape.flatMap((length, axis) => (length === 1 ? [] : [{ length, apart: spacing[axis] }]));
  if (axes.length > 3 || shape.includes(0) || (axes[0]?.length ?? 1) > NONE) return null;
  const single = { length: 1, apart: 1 };
  const [planes = single, second = single, third] = axes;
  const [rows, columns] = third === undefined ? [single, second] : [second, third];
  return {
    count: planes.length,
    rows: rows.length,
    columns: columns.length,
    size: rows.length * columns.length,
    apart: [planes.apart, rows.apart, columns.apart],
  };
}

function openSlab({ count, rows, columns, size, apart }: Planes, out: Reals): Slab | null {
  const planes = Math.min(count, Math.max(1, Math.floor(SLAB / size)));
  // Eight values more than a slab has: the kernel reads and writes whole groups.
  const [held, shown] = [(planes + 1) * size + 8, planes * size + 8];
  const shorts = 2 * size + COLUMNS * rows + 3 * (columns + 2 * MARGIN + COLUMNS) + MARGIN + rows + columns;
  const doubles = size + COLUMNS * rows + PARABOLA * (Math.max(rows, columns) + 3);
  const engine = takeEngine(4 * held + 2 * shorts + 8 * (doubles + shown) + 64);
  const memory = engine?.integers(held + Math.ceil(shorts / 2) + 2 * (doubles + shown));
  if (!engine || !memory) return null;
  const { buffer, byteOffset } = memory;
  const Room = out.constructor as Float32ArrayConstructor;
  const scratch = byteOffset + 8 * shown;
  const ids = scratch + 8 * doubles;
  const wide = Number(out instanceof Float64Array);
  engine.run.openPlanes(rows, columns, ...apart, wide, ids + 4 * held, scratch);
  return {
    engine,
    planes,
    squares: new Room(buffer, byteOffset, shown),
    labels: new Int16Array(buffer, ids, held),
    steps: new Uint16Array(buffer, ids + 2 * held, held),
  };
}

/** From the first plane to the last: steps to the nearest plane before with another label. */
function stepDown(labels: Labels, steps: Uint16Array, { count, size }: Planes, slab: Slab): void {
  slab.steps.fill(NONE, 0, size);
  for (let plane = 0; plane < count; plane += slab.planes) {
    const planes = Math.min(slab.planes, count - plane);
    const [from, values] = [plane * size, planes * size];
    const before = Math.max(0, from - size);
    slab.labels.set(labels.subarray(before, before + size));
    slab.labels.set(labels.subarray(from, from + values), size);
    slab.engine.run.stepsDown(slab.labels.byteOffset + 2 * size, slab.steps.byteOffset + 2 * size, size, planes);
    steps.set(slab.steps.subarray(size, size + values), from);
    slab.steps.copyWithin(0, values, values + size);
  }
}

/** From the last plane to the first: the steps to either side, and at once the distances along the other axes. */
function finishUp(labels: Labels, steps: Uint16Array, out: Reals, { count, size }: Planes, slab: Slab): void {
  const { engine, squares } = slab;
  const ids = slab.labels.byteOffset;
  const up = slab.steps.byteOffset;
  slab.steps.fill(NONE, 0, size);
  for (let plane = count - (count % slab.planes || slab.planes); plane >= 0; plane -= slab.planes) {
    const planes = Math.min(slab.planes, count - plane);
    const [from, values] = [plane * size, planes * size];
    const after = Math.min(from + values, labels.length - size);
    slab.labels.set(labels.subarray(after, after + size), values);
    slab.labels.set(labels.subarray(from, from + values));
    slab.steps.set(steps.subarray(from, from + values), size);
    engine.run.stepsUp(ids, up + 2 * size, up, size, planes);
    engine.run.finishPlanes(ids, up + 2 * size, planes, squares.byteOffset);
    out.set(squares.subarray(0, values), from);
  }
}
