/** What JPEG does to a mask: the cosine transform of blocks of 8 x 8, its coefficients rounded to multiples of a step. */
import type { Field, Shape } from './fields.ts';

const side = 8;
const basis = Array.from({ length: side }, (_, k) =>
  Array.from(
    { length: side },
    (_, n) => Math.sqrt((k === 0 ? 1 : 2) / side) * Math.cos(((2 * n + 1) * k * Math.PI) / (2 * side)),
  ),
);

/** Grey levels 0 to 255 in, bytes out; high frequencies are rounded more coarsely, as the tables of the standard do. */
export function jpegLike(grey: Field, [height = 1, width = 1]: Shape, step: number): Uint8Array {
  const out = new Uint8Array(grey.length);
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const at = (y: number, x: number): number =>
        Math.min(height - 1, top + y) * width + Math.min(width - 1, left + x);
      const block = square((y, x) => (grey[at(y, x)] ?? 0) - 128);
      const spectrum = transformed(block, false);
      const coarse = square((v, u) => {
        const unit = step * (0.5 + 0.15 * (u + v));
        return Math.round((spectrum[v]?.[u] ?? 0) / unit) * unit;
      });
      const back = transformed(coarse, true);
      for (let y = 0; y < side && top + y < height; y++) {
        for (let x = 0; x < side && left + x < width; x++) {
          out[at(y, x)] = Math.min(255, Math.max(0, Math.round((back[y]?.[x] ?? 0) + 128)));
        }
      }
    }
  }
  return out;
}

type Block = readonly (readonly number[])[];

function square(value: (row: number, column: number) => number): Block {
  return Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => value(row, column)));
}

/** Rows, then columns. */
function transformed(block: Block, inverse: boolean): Block {
  const weight = (k: number, n: number): number => (inverse ? basis[n]?.[k] : basis[k]?.[n]) ?? 0;
  const sum = (term: (n: number) => number): number =>
    Array.from({ length: side }, (_, n) => term(n)).reduce((a, b) => a + b, 0);
  const rows = square((y, k) => sum((n) => weight(k, n) * (block[y]?.[n] ?? 0)));
  return square((k, x) => sum((n) => weight(k, n) * (rows[n]?.[x] ?? 0)));
}
