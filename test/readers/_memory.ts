import { InputError } from '../../src/core/errors.ts';
import { elementCount, type NdArray } from '../../src/core/ndarray.ts';
import type { ByteSource, OpenSource, Reader } from '../../src/core/reader.ts';

/** Bytes in memory as a source that clips as files do. */
export function memorySource(bytes: Uint8Array, name = 'pred.npy'): ByteSource {
  return { name, size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

/** The same as an open file. */
export function openSource(bytes: Uint8Array): OpenSource {
  return {
    ...memorySource(bytes),
    fill(into, start) {
      const found = bytes.subarray(start, start + into.length);
      into.set(found);
      return found.length;
    },
  };
}

/** The values in logical (C) order, whatever the strides. */
export function listValues({ shape, strides, offset, data }: NdArray): number[] {
  return Array.from({ length: elementCount(shape) }, (_, flat) => {
    let at = offset;
    let rest = flat;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 1;
      at += (rest % length) * (strides[axis] ?? 0);
      rest = Math.floor(rest / length);
    }
    return data[at] ?? Number.NaN;
  });
}

/** What the reader says against the bytes; fails the test when it says nothing or anything but one sentence. */
export async function refusal(reader: Reader, bytes: Uint8Array, name = 'pred.npy'): Promise<string> {
  const outcome = await reader.read(memorySource(bytes, name)).then(
    (array) => new Error(`read without complaint: ${array.dtype} [${array.shape}]`),
    (error: unknown) => error,
  );
  if (!(outcome instanceof InputError)) throw outcome;
  if (!outcome.message.startsWith(`${name} `)) throw new Error(`does not start with the name: ${outcome.message}`);
  if (/[\n.]$|\n|\bat \S+:\d+/.test(outcome.message)) throw new Error(`not one sentence: ${outcome.message}`);
  return outcome.message;
}
