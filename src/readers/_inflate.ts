import { grouped } from '../core/grouped.ts';
import { allocate } from './_bytes.ts';
import { counted, refuse } from './_message.ts';

/** No deflate stream holds more than this many bytes per compressed byte. */
const HIGHEST_RATIO = 1032;

/**
 * Decompresses a zlib stream (its Adler-32 is checked by the platform) that must give exactly `size` bytes:
 * neither a stream cut short nor one that swells without end gets past.
 */
export async function inflateExactly(name: string, parts: readonly Uint8Array[], size: number): Promise<Uint8Array> {
  const compressedSize = parts.reduce((sum, part) => sum + part.length, 0);
  if (compressedSize * HIGHEST_RATIO < size) {
    refuse(
      name,
      `has ${counted(compressedSize, 'byte')} of compressed data, too little for the ${grouped(size)} that its header promises; export it again`,
    );
  }
  const compressed = new Uint8Array(compressedSize);
  let filled = 0;
  for (const part of parts) {
    compressed.set(part, filled);
    filled += part.length;
  }
  const result = allocate(name, size, (length) => new Uint8Array(length));
  const found = await inflateInto(name, compressed, result);
  if (found !== size) {
    const amount = found > size ? `more than ${grouped(size)}` : `${grouped(found)} of ${grouped(size)}`;
    refuse(name, `decompresses to ${amount} bytes that its header promises; export it again`);
  }
  return result;
}

/** Fills `result` and tells how many bytes the stream has; stops soon after they no longer fit. */
async function inflateInto(name: string, compressed: Uint8Array<ArrayBuffer>, result: Uint8Array): Promise<number> {
  const inflater = new DecompressionStream('deflate');
  const writer = inflater.writable.getWriter();
  const writing = writer.write(compressed).then(() => writer.close());
  writing.catch(() => undefined); // the reading end reports the same failure
  const reader = inflater.readable.getReader();
  let at = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      const end = at + step.value.length;
      if (end <= result.length) result.set(step.value, at);
      at = end;
      if (at > result.length) break;
    }
  } catch {
    return refuse(name, 'is damaged: its compressed data cannot be decompressed; export or copy it again');
  }
  if (at > result.length) await reader.cancel().catch(() => undefined);
  return at;
}
