import type { Reals } from './reals.ts';

/** Adds how often each byte occurs to 256 counts: four bytes at a time for as long as they are the same four. */
export function countBytes(bytes: Uint8Array, counts: Float64Array): void {
  const head = Math.min(bytes.length, -bytes.byteOffset & 3);
  const four = (bytes.length - head) >> 2;
  const words = four > 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset + head, four) : new Uint32Array(0);
  for (let i = 0; i < words.length; ) {
    const word = words[i];
    let end = i + 1;
    while (end < words.length && words[end] === word) end++;
    counts[word & 255] += end - i;
    counts[(word >>> 8) & 255] += end - i;
    counts[(word >>> 16) & 255] += end - i;
    counts[word >>> 24] += end - i;
    i = end;
  }
  for (let i = 0; i < head; i++) counts[bytes[i]]++;
  for (let i = head + 4 * words.length; i < bytes.length; i++) counts[bytes[i]]++;
}

/**
 * What a table of 256 says of every byte; the first stands at a multiple of four in memory. Four are looked up at a time, and not
 * again for as long as they are the same four.
 */
export function mapBytes(bytes: Uint8Array, table: Int32Array | Float64Array, out: Int32Array | Reals): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let last = -1;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0, i = 0; k < words.length; k++, i += 4) {
    const word = words[k];
    if (word !== last) {
      last = word;
      a = table[word & 255];
      b = table[(word >>> 8) & 255];
      c = table[(word >>> 16) & 255];
      d = table[word >>> 24];
    }
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (let i = 4 * words.length; i < bytes.length; i++) out[i] = table[bytes[i]];
}
