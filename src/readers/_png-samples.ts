import type { PngHeader } from './_png-header.ts';
import type { Pass } from './_png-passes.ts';

export type Samples = Uint8Array | Uint16Array;

/** The stored integers of the rows of one pass, unscaled (PNG 7.2 "Scanlines"): 16 bit are big-endian. */
export function unpack(packed: Uint8Array, pass: Pass, depth: number): Samples {
  if (depth === 8) return packed;
  if (depth === 16) {
    const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
    const samples = new Uint16Array(packed.length / 2);
    for (let i = 0; i < samples.length; i++) samples[i] = view.getUint16(2 * i);
    return samples;
  }
  const { width, height, rowBytes } = pass;
  const samples = new Uint8Array(width * height);
  const perByte = 8 / depth;
  const mask = (1 << depth) - 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const byte = packed[y * rowBytes + Math.floor(x / perByte)] ?? 0;
      samples[i] = (byte >> (8 - depth - (x % perByte) * depth)) & mask;
    }
  }
  return samples;
}

/** Puts the pixels of a pass where they belong in the whole picture. */
export function scatter(from: Samples, into: Samples, pass: Pass, { width, channels }: PngHeader): void {
  for (let y = 0, i = 0; y < pass.height; y++) {
    const row = (pass.y + y * pass.stepY) * width;
    for (let x = 0; x < pass.width; x++) {
      const pixel = (row + pass.x + x * pass.stepX) * channels;
      for (let channel = 0; channel < channels; channel++) into[pixel + channel] = from[i++] ?? 0;
    }
  }
}
