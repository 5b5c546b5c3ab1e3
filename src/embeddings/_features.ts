import { type EmbeddingSet, elementCount, formatShape, InputError, type StoredArray } from '../core/index.ts';
import { classMeans, gather } from '../kernels/index.ts';
import { counted } from './_finding.ts';

/** Exported arrays of one case. */
export interface EmbeddingArrays {
  readonly features: StoredArray;
  readonly mask: StoredArray;
  readonly ignore?: readonly number[];
  /** Class matrix, [classes, dims]; class j is label j. */
  readonly weights?: StoredArray | undefined;
  /** Flat pixel indices, [n, 3] and [n, 2]. */
  readonly triplets?: StoredArray | undefined;
  readonly pairs?: StoredArray | undefined;
}

/** Rows ready for a loss, and what was left out on the way. */
export interface Opened extends EmbeddingSet {
  /** Which axis of the features holds their components. */
  readonly axis: number;
  /** Flat pixel of each row; the rest is ignored. */
  readonly at: Int32Array;
  readonly pixels: number;
  /** Triplets and pairs dropped because a pixel of theirs is ignored. */
  readonly dropped: number;
}

/**
 * Reads features, [D, H, W], [D, Z, H, W] or with D elsewhere, by the shape of the mask.
 * @throws InputError when shapes or labels do not fit.
 */
export function openFeatures(arrays: EmbeddingArrays): Opened {
  const { features, mask, ignore = [] } = arrays;
  const axis = componentAxis(features.shape, mask.shape);
  const dims = features.shape[axis] ?? 0;
  const pixels = elementCount(mask.shape);
  const ids = flat(mask);
  const at = Int32Array.from(ids.keys()).filter((pixel) => !ignore.includes(ids[pixel] ?? 0));
  const present = [...new Set(ids)].filter((label) => !ignore.includes(label)).sort((a, b) => a - b);
  checkLabels(present, ids);
  const names = arrays.weights === undefined ? present : classesOf(arrays.weights, dims, present);
  const rowOf = new Map(names.map((label, row) => [label, row]));
  const labels = at.map((pixel) => rowOf.get(ids[pixel] ?? 0) ?? 0);
  const rows = rowsOf(features, axis, at, pixels);
  const triplets = tuples('--triplets', arrays.triplets, 3, pixels, at);
  const pairs = tuples('--pairs', arrays.pairs, 2, pixels, at);
  return {
    axis,
    at,
    pixels,
    rows,
    count: at.length,
    dims,
    labels,
    names,
    prototypes: arrays.weights === undefined ? classMeans(rows, labels, dims, names.length) : flat(arrays.weights),
    prototypesFrom: arrays.weights === undefined ? 'class means' : 'file',
    triplets: triplets?.rows ?? null,
    pairs: pairs?.rows ?? null,
    dropped: (triplets?.dropped ?? 0) + (pairs?.dropped ?? 0),
  };
}

/** The axis of the features that the mask does not have: first, second or last. */
function componentAxis(features: readonly number[], mask: readonly number[]): number {
  const candidates = [0, 1, features.length - 1];
  const axis = candidates.find((k) => features.length > 1 && features.toSpliced(k, 1).join() === mask.join());
  if (axis !== undefined) return axis;
  throw new InputError(
    `the features are ${formatShape(features)} and the mask ${formatShape(mask)}; features are [D, H, W] or [D, Z, H, W] ` +
      'with the mask [H, W] or [Z, H, W]: take the mask in the size of the features, without resizing labels smoothly',
  );
}

/** The values of an array in row-major order. */
function flat(array: StoredArray): Float64Array {
  const out = new Float64Array(elementCount(array.shape));
  gather({ data: array.data, base: array.offset, shape: array.shape, strides: array.strides }, 0, out.length, out, 0);
  return out;
}

/** Pixels that are read at a time. */
const run = 8192;

/** The rows of some pixels, one after the other. Features are read a run of pixels at a time, all components of each. */
function rowsOf(features: StoredArray, axis: number, at: Int32Array, pixels: number): Float64Array {
  const { data, offset: first } = features;
  const [dims, stride] = [features.shape[axis] ?? 0, features.strides[axis] ?? 0];
  const shape = features.shape.toSpliced(axis, 1);
  const strides = features.strides.toSpliced(axis, 1);
  const axes = [{ length: dims, stride }];
  const out = new Float64Array(at.length * dims);
  const column = new Float64Array(Math.min(run, pixels));
  let from = 0;
  for (let start = 0; start < pixels; start += run) {
    const count = Math.min(run, pixels - start);
    const own = at.subarray(
      from,
      from + at.subarray(from, from + count).findLastIndex((pixel) => pixel < start + count) + 1,
    );
    for (let d = 0; d < dims; d++) {
      gather(
        { data, base: first + d * stride, shape, strides, among: { first, axes, at: d } },
        start,
        count,
        column,
        0,
      );
      for (const [k, pixel] of own.entries()) out[(from + k) * dims + d] = column[pixel - start] ?? 0;
    }
    from += own.length;
  }
  return out;
}

function checkLabels(present: readonly number[], ids: Float64Array): void {
  const odd = present.find((label) => !Number.isInteger(label) || label < 0);
  if (odd !== undefined) {
    const pixels = ids.reduce((n, label) => n + (Object.is(label, odd) || label === odd ? 1 : 0), 0);
    throw new InputError(
      `the mask holds ${odd} in ${counted(pixels, 'pixel')}; labels are whole numbers from 0: ` +
        `${Number.isInteger(odd) ? `leave it out with --ignore-index ${odd}, or export class ids` : 'export class ids'}`,
    );
  }
  if (present.length === 0) {
    throw new InputError(
      'the mask has no pixel that is not ignored; an embedding loss needs labelled pixels: check --ignore-index',
    );
  }
  if (present.length > 4096) {
    throw new InputError(
      `the mask holds ${present.length} different labels; class ids number a few hundred at most: is it an instance map?`,
    );
  }
}

/** Labels 0, 1, ... of the rows of a class matrix. */
function classesOf(weights: StoredArray, dims: number, present: readonly number[]): number[] {
  const [classes = 0, width] = weights.shape;
  if (weights.shape.length !== 2 || width !== dims) {
    const turned =
      weights.shape.length === 2 && classes === dims ? ' it looks transposed: save W.T' : ' save it as such';
    throw new InputError(
      `the class matrix is ${formatShape(weights.shape)}; one row of ${dims} components per class, [C, ${dims}], is allowed:${turned}`,
    );
  }
  const top = present.at(-1) ?? 0;
  if (top >= classes) {
    throw new InputError(
      `the mask holds label ${top} and the class matrix has rows for 0 to ${classes - 1}; ` +
        `leave it out with --ignore-index ${top}, or give the matrix of this training`,
    );
  }
  return Array.from({ length: classes }, (_, label) => label);
}

/** Flat pixel indices as row indices; tuples with an ignored pixel are dropped. */
function tuples(
  flag: string,
  array: StoredArray | undefined,
  width: number,
  pixels: number,
  at: Int32Array,
): { readonly rows: Int32Array; readonly dropped: number } | null {
  if (array === undefined) return null;
  if (array.shape.length !== 2 || array.shape[1] !== width) {
    throw new InputError(`${flag} is ${formatShape(array.shape)}; [n, ${width}] flat pixel indices are allowed`);
  }
  const values = flat(array);
  const bad = values.find((pixel) => !(Number.isInteger(pixel) && pixel >= 0 && pixel < pixels));
  if (bad !== undefined) {
    throw new InputError(
      `${flag} names pixel ${bad}; pixels are 0 to ${pixels - 1}, counted row by row through the mask`,
    );
  }
  const rowOf = new Int32Array(pixels).fill(-1);
  for (const [row, pixel] of at.entries()) rowOf[pixel] = row;
  const rows: number[] = [];
  let dropped = 0;
  for (let k = 0; k < values.length; k += width) {
    const own = Array.from(values.subarray(k, k + width), (pixel) => rowOf[pixel] ?? -1);
    if (own.includes(-1)) dropped++;
    else rows.push(...own);
  }
  return { rows: Int32Array.from(rows), dropped };
}
