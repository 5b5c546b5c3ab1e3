import type { StoredNumbers } from '../core/ndarray.ts';
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
  return {
    length,
    room: (count) => roomFor(dtype, count),
    fits: (out) => isRoomFor(dtype, out),
    read(from, count, out, at) {
      const size = count * width;
      const bytes = plain ? new Uint8Array(out.buffer, out.byteOffset + at * width, size) : bytesFor(size);
      const position = start + from * width;
      checkAll(name, source.fill(bytes, position), size, position);
      if (!plain) decode(name, bytes, type, from, out, at);
      else if (dtype === 'bool') checkBooleans(name, bytes, from);
    },
  };
}
