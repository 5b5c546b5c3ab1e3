import type { PngHeader } from './_png-header.ts';

/** A reduced picture as it lies in the file: every `step`-th pixel from the first on. A plain PNG has one. */
export interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly width: number;
  readonly height: number;
  /** Bytes of one row without its filter byte; samples of less than 8 bits are packed. */
  readonly rowBytes: number;
}

/** Adam7 (PNG 8.2 "Interlace methods"): first column, first row, column step, row step. */
const ADAM7: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

/** The passes that hold at least one pixel, in the order of the file. */
export function passesOf(header: PngHeader): Pass[] {
  const bitsPerPixel = header.depth * header.channels;
  return (header.isInterlaced ? ADAM7 : [[0, 0, 1, 1] as const])
    .map(([x, y, stepX, stepY]) => {
      const width = Math.ceil((header.width - x) / stepX);
      const height = Math.ceil((header.height - y) / stepY);
      return { x, y, stepX, stepY, width, height, rowBytes: Math.ceil((width * bitsPerPixel) / 8) };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

/** Bytes that the decompressed stream must have: rows and one filter byte before each. */
export function streamBytes(passes: readonly Pass[]): number {
  return passes.reduce((sum, pass) => sum + pass.height * (pass.rowBytes + 1), 0);
}
