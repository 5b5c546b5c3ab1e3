import * as scalar from '../scalar/distance.ts';
import type { Labels, MemoryKind, Reals } from '../scalar/reals.ts';
import { type Engine, returnEngine, takeEngine } from './engine.ts';

/** Pixels of a block at least; what it takes stays in a core's own cache. */
const LEAST = 32_768;

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

/** Distances that have been begun. They are plain data: their blocks can be finished in any order, by any thread, and more than once. */
export interface BegunDistances {
  readonly labels: Labels;
  readonly planes: Planes;
  /** Planes of a block, and blocks. */
  readonly height: number;
  readonly blocks: number;
  /** A plane per block: steps from the plane before it back to another label, and from the plane after it onwards. */
  readonly before: Uint16Array;
  readonly after: Uint16Array;
  /** The result. */
  readonly squares: Reals;
}

/** A block that is worked on, in the memory of an engine, with room for a plane on either side. */
interface Slab {
  readonly engine: Engine;
  readonly labels: Int16Array;
  readonly steps: Uint16Array;
  readonly squares: Reals;
}

/** Squared distance to the nearest pixel of another label: see the scalar kernel, whose results these are to the last bit. */
export function squaredDistances(labels: Labels, shape: readonly number[], spacing: readonly number[]): Reals {
  const begun = beginDistances(labels, shape, spacing, ArrayBuffer);
  if (begun === null) return scalar.squaredDistances(labels, shape, spacing);
  finishDistances([begun], Array(begun.blocks).keys(), () => {});
  return begun.squares;
}

/**
 * Looks along the first axis for what every block must know of the others, a tenth of the work. The arrays lie in memory of that kind.
 * Null where only the scalar kernel can help.
 */
export function beginDistances(
  labels: Labels,
  shape: readonly number[],
  spacing: readonly number[],
  Memory: MemoryKind,
): BegunDistances | null {
  const planes = fitsShorts(labels) ? planesOf(shape, spacing) : null;
  if (planes === null) return null;
  const { count, size } = planes;
  // Higher blocks take more room each, and lower ones more steps to keep.
  const height = Math.min(count, Math.max(Math.ceil(LEAST / size), Math.ceil(Math.sqrt(count) / 2)));
  const blocks = Math.ceil(count / height);
  const marks = (): Uint16Array => new Uint16Array(new Memory(2 * blocks * size)).fill(NONE);
  const squares = scalar.roomForSquares(shape, spacing, Memory);
  const begun = { labels, planes, height, blocks, before: marks(), after: marks(), squares };
  const slab = openSlab(begun);
  if (slab === null) return null;
  const { engine, steps } = slab;
  const own = slab.labels.byteOffset + 2 * size;
  for (let block = 0; block < blocks - 1; block++) {
    const high = load(begun, block, slab);
    engine.run.stepsDown(own, steps.byteOffset + 2 * size, size, high);
    begun.before.set(steps.subarray(high * size, (high + 1) * size), (block + 1) * size);
  }
  for (let block = blocks - 1; block > 0; block--) {
    const high = load(begun, block, slab);
    engine.run.stepsUp(own, steps.byteOffset + 2 * size, steps.byteOffset + 2 * (high + 1) * size, size, high);
    begun.after.set(steps.subarray((high + 1) * size, (high + 2) * size), (block - 1) * size);
  }
  returnEngine(engine);
  return begun;
}

/** Finishes blocks of maps of one shape, counted from map to map; `done` is told of each. */
export function finishDistances(
  maps: readonly BegunDistances[],
  blocks: Iterable<number>,
  done: (block: number) => void,
): void {
  const [first] = maps;
  const slab = openSlab(first);
  if (slab === null) throw new RangeError('no room for distances');
  const { engine, labels, steps, squares } = slab;
  const { size } = first.planes;
  const [ids, counts] = [labels.byteOffset + 2 * size, steps.byteOffset + 2 * size];
  for (const block of blocks) {
    const begun = maps[Math.floor(block / first.blocks)];
    const own = block % first.blocks;
    const high = load(begun, own, slab);
    engine.run.stepsDown(ids, counts, size, high);
    engine.run.stepsUp(ids, counts, counts + 2 * high * size, size, high);
    engine.run.finishPlanes(ids, counts, high, squares.byteOffset);
    begun.squares.set(squares.subarray(0, high * size), own * begun.height * size);
    done(block);
  }
  returnEngine(engine);
}

/** Puts a block into a slab, with the planes on either side; gives the number of its planes. */
function load({ labels, planes, height, before, after }: BegunDistances, block: number, slab: Slab): number {
  const { count, size } = planes;
  const [begin, end] = [block * height, Math.min(count, (block + 1) * height)];
  const high = end - begin;
  // Beyond the ends of the image nothing is another label.
  const [first, last] = [Math.max(0, begin - 1), Math.min(count, end + 1)];
  slab.labels.set(labels.subarray(first * size, last * size), (first - begin + 1) * size);
  if (begin === 0) slab.labels.copyWithin(0, size, 2 * size);
  if (end === count) slab.labels.copyWithin((high + 1) * size, high * size, (high + 1) * size);
  slab.steps.set(before.subarray(block * size, (block + 1) * size));
  slab.steps.set(after.subarray(block * size, (block + 1) * size), (high + 1) * size);
  return high;
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

function openSlab({ planes: { rows, columns, size, apart }, height, squares: out }: BegunDistances): Slab | null {
  // Eight values more than a slab has: the kernel reads and writes whole groups.
  const [held, shown] = [(height + 2) * size + 8, height * size + 8];
  const shorts = 2 * held + 2 * size + COLUMNS * rows + 3 * (columns + 2 * MARGIN + COLUMNS) + MARGIN + rows + columns;
  const doubles = size + COLUMNS * rows + PARABOLA * (Math.max(rows, columns) + 3);
  const bytes = 8 * doubles + out.BYTES_PER_ELEMENT * shown + 2 * shorts;
  const engine = takeEngine(bytes + 64);
  const memory = engine?.integers(Math.ceil(bytes / 4));
  if (!engine || !memory) return null;
  const { buffer, byteOffset: scratch } = memory;
  const Room = out.constructor as Float32ArrayConstructor;
  const squares = new Room(buffer, scratch + 8 * doubles, shown);
  const labels = new Int16Array(buffer, squares.byteOffset + squares.byteLength, held);
  const steps = new Uint16Array(buffer, labels.byteOffset + labels.byteLength, held);
  const wide = Number(out instanceof Float64Array);
  engine.run.openPlanes(rows, columns, ...apart, wide, steps.byteOffset + steps.byteLength, scratch);
  return { engine, labels, steps, squares };
}
