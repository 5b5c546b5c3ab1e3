import { InputError } from './errors.ts';

/** Element types a reader can deliver. The names are numpy's. */
export type DType =
  | 'bool'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float16'
  | 'float32'
  | 'float64';

/**
 * What holds the values. float16 is widened to Float32Array, and 64-bit integers, once checked to be
 * exact, to Float64Array; `NdArray.dtype` keeps the type of the file.
 */
export type NumericData =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers that stay in their file and are read a run at a time, as often as they are looked at. */
export interface StoredNumbers {
  readonly length: number;
  /** An array that holds such numbers without loss. */
  room(length: number): NumericData;
  /** True for an array such as `room` makes. */
  fits(out: NumericData): boolean;
  /**
   * Puts the numbers [from, from + count) into an array made by `room`, from `at` on.
   * @throws InputError when the file can no longer be read, or holds something that is no such number.
   */
  read(from: number, count: number, out: NumericData, at: number): void;
}

/** What the file itself said about its contents. */
export interface Hints {
  /** Id of the reader that made the array. */
  format: string;
  /** `image` for a picture file (PNG, JPEG, ...), `array` for a tensor file (.npy, ...). */
  container: 'array' | 'image';
  /** Colour table of a palette image, one [red, green, blue] per index; the values are the indices. */
  palette?: readonly (readonly [number, number, number])[];
  /** True for formats that do not keep the stored integers (JPEG, lossy WebP). */
  lossy?: boolean;
  /** Pixel or voxel size along each spatial axis. */
  spacing?: readonly number[];
  /** Where the spatial axes of the array point to, a letter each: `RAS` is right, anterior, superior. */
  orientation?: string;
  /** Rows of the matrix from array indices to millimetres. */
  affine?: readonly (readonly number[])[];
}

/** An n-dimensional array: element [i, j, ...] is `data[offset + i * strides[0] + j * strides[1] + ...]`. */
export interface NdArray<Data extends NumericData | StoredNumbers = NumericData> {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** In elements, not bytes, so that channel-last, Fortran order and flips are views and never copies. */
  readonly strides: readonly number[];
  readonly offset: number;
  readonly data: Data;
  readonly hints: Hints;
}

/** An array in memory, or one that is read from its file while it is looked at. */
export type StoredArray = NdArray<NumericData | StoredNumbers>;

/** Number of elements of a shape; 1 for the empty shape of a 0-d array. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Strides, in elements, of a contiguous array: last axis fastest ("C") or first axis fastest ("Fortran"). */
export function contiguousStrides(shape: readonly number[], order: 'C' | 'Fortran' = 'C'): number[] {
  const strides = new Array<number>(shape.length);
  const axes = shape.map((_, axis) => axis);
  let stride = 1;
  for (const axis of order === 'C' ? axes.reverse() : axes) {
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
}

/**
 * Wraps contiguous values as an array.
 * @throws InputError when the values do not fill the shape.
 */
export function ndarray(
  data: NumericData,
  shape: readonly number[],
  dtype: DType,
  hints: Hints = { format: 'memory', container: 'array' },
): NdArray {
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new InputError(`${formatShape(shape)} is not a shape; every axis has a whole number of values`);
  }
  if (elementCount(shape) !== data.length) {
    throw new InputError(
      `${data.length} values do not fill an array of shape ${formatShape(shape)}, which has ${elementCount(shape)}`,
    );
  }
  return { dtype, shape: [...shape], strides: contiguousStrides(shape), offset: 0, data, hints };
}

/** True for float16, float32 and float64. */
export function isFloat(dtype: DType): boolean {
  return dtype.startsWith('float');
}

/** A shape as people write it: `[4, 11, 176, 240]`. */
export function formatShape(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
