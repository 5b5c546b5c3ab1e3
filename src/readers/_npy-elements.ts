import { grouped } from '../core/grouped.ts';
import type { DType, NumericData } from '../core/ndarray.ts';
import type { ByteSource } from '../core/reader.ts';
import { widenHalf } from '../kernels/simd/half.ts';
import { allocate, PART, readPart, readParts } from './_bytes.ts';
import { refuse } from './_message.ts';
import type { NpyType } from './_npy-dtype.ts';

/** Bytes per step when values are copied or rewritten, so that little more than the result is held. */
const STEP = 16 * 1024 * 1024;

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

interface NumberArray {
  new (length: number): NumericData;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): NumericData;
}

const ARRAYS: Readonly<Record<DType, NumberArray>> = {
  bool: Uint8Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: Float64Array,
  uint64: Float64Array,
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
};

/** An array that holds numbers of a type. */
export function roomFor(dtype: DType, length: number): NumericData {
  return new ARRAYS[dtype](length);
}

/** True for an array that `roomFor` might have made. */
export function isRoomFor(dtype: DType, out: NumericData): boolean {
  return out.constructor === ARRAYS[dtype];
}

/** Reads `count` numbers from `start` on: as a view of the bytes where they lie as this machine wants them. */
export async function readElements(
  source: ByteSource,
  start: number,
  count: number,
  type: NpyType,
): Promise<NumericData> {
  const { name } = source;
  const { dtype, width } = type;
  const end = start + count * width;
  if (isPlain(type) && end - start <= PART) {
    const bytes = aligned(await readPart(source, start, end), width);
    if (dtype === 'bool') checkBooleans(name, bytes, 0);
    return new ARRAYS[dtype](bytes.buffer, bytes.byteOffset, count);
  }
  const values = allocate(name, count, (length) => roomFor(dtype, length));
  const put = (part: Uint8Array, position: number): void => {
    const first = position / width;
    decode(name, part, type, first, values, first);
  };
  await readParts(source, start, end, put, STEP);
  return values;
}

/** True when the bytes in the file are the numbers in memory. */
export function isPlain({ dtype, width, littleEndian }: NpyType): boolean {
  const swap = width > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN;
  return !swap && dtype !== 'float16' && dtype !== 'int64' && dtype !== 'uint64';
}

/** Bytes of the file as numbers, put into `values` from `at` on; `first` is their place in the file. */
export function decode(
  name: string,
  part: Uint8Array,
  { dtype, width, littleEndian }: NpyType,
  first: number,
  values: NumericData,
  at: number,
): void {
  const swap = width > 1 && littleEndian !== HOST_IS_LITTLE_ENDIAN;
  const bytes = swap ? swapped(part, width) : aligned(part, width);
  const count = part.length / width;
  if (dtype === 'float16') {
    const codes = new Uint16Array(bytes.buffer, bytes.byteOffset, count);
    widenHalf(codes, values.subarray(at, at + count) as Float32Array);
  } else if (dtype === 'int64' || dtype === 'uint64') {
    narrow(name, bytes, dtype, values as Float64Array, first, at);
  } else {
    if (dtype === 'bool') checkBooleans(name, bytes, first);
    new Uint8Array(values.buffer, values.byteOffset + at * width, bytes.length).set(bytes);
  }
}

/** The same bytes, copied only if a typed array could not start there. */
function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : bytes.slice();
}

function swapped(bytes: Uint8Array, width: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let byte = 0; byte < width; byte++) {
    const mirror = width - 1 - byte;
    for (let i = 0; i < bytes.length; i += width) result[i + byte] = bytes[i + mirror] ?? 0;
  }
  return result;
}

/** 64-bit integers as doubles, each checked to be exact: an identifier that is rounded is a wrong label. */
function narrow(
  name: string,
  bytes: Uint8Array,
  dtype: 'int64' | 'uint64',
  into: Float64Array,
  first: number,
  at: number,
): void {
  const halves = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const signed = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const highHalves = dtype === 'int64' ? signed : halves;
  const high = HOST_IS_LITTLE_ENDIAN ? 1 : 0;
  for (let i = 0; i < halves.length; i += 2) {
    const value = (highHalves[i + high] ?? 0) * 2 ** 32 + (halves[i + 1 - high] ?? 0);
    if (!Number.isSafeInteger(value)) refuseInteger(name, bytes, dtype, i / 2, first);
    into[at + i / 2] = value;
  }
}

function refuseInteger(
  name: string,
  bytes: Uint8Array,
  dtype: 'int64' | 'uint64',
  index: number,
  first: number,
): never {
  const view = new DataView(bytes.buffer, bytes.byteOffset + index * 8, 8);
  const value =
    dtype === 'int64' ? view.getBigInt64(0, HOST_IS_LITTLE_ENDIAN) : view.getBigUint64(0, HOST_IS_LITTLE_ENDIAN);
  return refuse(
    name,
    `holds ${grouped(value)} at element ${grouped(first + index)}; integers must be within +-${grouped(Number.MAX_SAFE_INTEGER)}, so replace it (NaN cast to an integer looks like this) and export again`,
  );
}

export function checkBooleans(name: string, bytes: Uint8Array, first: number): void {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte <= 1) continue;
    refuse(
      name,
      `has type bool but holds the byte ${byte} at element ${grouped(first + i)}; a bool is 0 or 1, so save the array as uint8`,
    );
  }
}
