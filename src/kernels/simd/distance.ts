import * as scalar from '../scalar/distance.ts';
import { type Engine, returnEngine, takeEngine } from './engine.ts';

/** Pixels that are worked on at a time, in whole planes: they stay in a core's own cache. */
const SLAB = 32_768;

/** Steps to another label where there is none on that side, one before the border. */
const NONE = 2 ** 30 - 1;

/** Columns that are turned into rows at a time. */
const COLUMNS = 16;

/** Doubles that describe a parabola of the envelope. */
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
  readonly labels: Int32Array;
  readonly steps: Int32Array;
  readonly squares: Float64Array;
  /** Addresses of scratch: columns as rows, their labels, and the parabolas. */
  readonly columns: number;
  readonly columnLabels: number;
  readonly stack: number;
}

/**
 * Squared distance to the nearest pixel of another label: see the scalar kernel, whose results these are to the last bit. Beside
 * labels and result it needs room for a slab only: the steps along the first axis wait where the result will stand.
 */
export function squaredDistances(
  labels: Int32Array,
  shape: readonly number[],
  spacing: readonly number[],
): Float64Array {
  const planes = planesOf(shape, spacing);
  const slab = planes && openSlab(planes);
  if (planes === null || slab === null) return scalar.squaredDistances(labels, shape, spacing);
  const out = new Float64Array(labels.length);
  const steps = new Int32Array(out.buffer, 0, labels.length);
  stepDown(labels, steps, planes, slab);
  finishUp(labels, steps, out, planes, slab);
  returnEngine(slab.engine);
  return out;
}

function planesOf(shape: readonly number[], spacing: readonly number[]): Planes | null {
  const axes = shape.flatMap((length, axis) => (length === 1 ? [] : [{ length, apart: spacing[axis] }]));
  if (axes.length > 3 || shape.includes(0)) return null;
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

function openSlab({ count, rows, columns, size }: Planes): Slab | null {
  const planes = Math.min(count, Math.max(1, Math.floor(SLAB / size)));
  const lengths = [planes * size, COLUMNS * rows, PARABOLA * (Math.max(rows, columns) + 3)] as const;
  const doubles = lengths[0] + lengths[1] + lengths[2];
  const integers = 2 * (planes + 1) * size + COLUMNS * rows;
  const engine = takeEngine(8 * doubles + 4 * integers + 16);
  const memory = engine?.integers(2 * doubles + integers);
  if (!engine || !memory) return null;
  const { buffer, byteOffset } = memory;
  const inner = byteOffset + 8 * lengths[0];
  const outer = byteOffset + 8 * doubles;
  const held = (planes + 1) * size;
  return {
    engine,
    planes,
    squares: new Float64Array(buffer, byteOffset, lengths[0]),
    columns: inner,
    stack: inner + 8 * lengths[1],
    labels: new Int32Array(buffer, outer, held),
    steps: new Int32Array(buffer, outer + 4 * held, held),
    columnLabels: outer + 8 * held,
  };
}

/** From the first plane to the last: steps to the nearest plane before with another label. */
function stepDown(labels: Int32Array, steps: Int32Array, { count, size }: Planes, slab: Slab): void {
  slab.steps.fill(NONE, 0, size);
  for (let plane = 0; plane < count; plane += slab.planes) {
    const planes = Math.min(slab.planes, count - plane);
    const [from, values] = [plane * size, planes * size];
    const before = Math.max(0, from - size);
    slab.labels.set(labels.subarray(before, before + size));
    slab.labels.set(labels.subarray(from, from + values), size);
    slab.engine.run.stepsDown(slab.labels.byteOffset + 4 * size, slab.steps.byteOffset + 4 * size, size, planes);
    steps.set(slab.steps.subarray(size, size + values), from);
    slab.steps.copyWithin(0, values, values + size);
  }
}

/** From the last plane to the first: the squares along the first axis, and at once the envelopes along the others. */
function finishUp(
  labels: Int32Array,
  steps: Int32Array,
  out: Float64Array,
  { count, rows, columns, size, apart }: Planes,
  slab: Slab,
): void {
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
    engine.run.squaresUp(ids, up + 4 * size, up, squares.byteOffset, size, planes, apart[0]);
    for (let p = 0; rows > 1 && p < planes; p++) {
      const [at, to] = [ids + 4 * p * size, squares.byteOffset + 8 * p * size];
      engine.run.alongColumns(at, to, columns, rows, apart[1], slab.columnLabels, slab.columns, slab.stack);
    }
    engine.run.alongRows(ids, squares.byteOffset, columns, planes * rows, apart[2], slab.stack);
    out.set(squares.subarray(0, values), from);
  }
}
