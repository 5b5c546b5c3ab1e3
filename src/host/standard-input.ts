import { InputError } from '../core/errors.ts';
import type { ByteSource } from '../core/reader.ts';
import { fileError } from './file-errors.ts';

/** Reads a stream to its end, because formats are read by position. */
export async function readStandardInput(
  stream: AsyncIterable<Uint8Array> & { isTTY?: boolean } = process.stdin,
): Promise<ByteSource> {
  const name = 'standard input';
  if (stream.isTTY) throw new InputError(`${name} is a terminal; send a file to it, as in: lossprobe - < pred.npy`);
  const bytes = await readToEnd(name, stream);
  if (bytes.length === 0) {
    throw new InputError(`${name} is empty; "-" can be read once, so send exactly one file to it`);
  }
  return { name, size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
}

async function readToEnd(name: string, stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  try {
    const parts: Uint8Array[] = [];
    for await (const part of stream) parts.push(part);
    return join(parts);
  } catch (error) {
    throw fileError(name, error);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
