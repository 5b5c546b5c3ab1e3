import type { NumericData, StoredNumbers } from '../core/ndarray.ts';
import type { OpenSource } from '../core/reader.ts';
import { checkAll } from './_bytes.ts';
import type { NpyType } from './_npy-dtype.ts';
import { checkBooleans, decode, isPlain, isRoomFor, roomFor } from './_npy-elements.ts';

/** Numbers of a file, read where they are wanted: straight into their place where the bytes are the numbers. */
export function storedElements(source: OpenSource, start: number, length: number, type: NpyType): StoredNumbers {
  const { name } = source;
  const { dtype, width } = type;
  const plain = isPlain(type);
  let scratch = new Uint8Array(0);
  const bytesFor = (size: number): Uint8Array => {
    if (scratch.length < size) scratch = new Uint8Array(size);
    return scratch.subarray(0, size);
  };
  /** Where they become the numbers without another copy: in their place, or float16 in its upper half. */
  const bytesIn = (out: NumericData, at: number, count: number): Uint8Array | undefined => {
    if (!plain && dtype !== 'float16') return undefined;
    const end = out.byteOffset + (at + count) * out.BYTES_PER_ELEMENT;
    return new Uint8Array(out.buffer, end - count * width, count * width);
  };
  return {
    length,
    room: (count) => roomFor(dtype, count),
    fits: (out) => isRoomFor(dtype, out),
    read(from, count, out, at) {
      const size = count * width;
      const bytes = bytesIn(out, at, count) ?? bytesFor(size);
      const position = start + from * width;
      checkAll(name, source.fill(bytes, position), size, position);
      if (!plain) decode(name, bytes, type, from, out, at);
      else if (dtype === 'bool') checkBooleans(name, bytes, from);
    },
  };
}
