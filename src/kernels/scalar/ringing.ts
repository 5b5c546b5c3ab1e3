import type { Reals } from './reals.ts';

/** Side of the blocks that JPEG transforms. */
export const blockSide = 8;

/** For each value the nearest of a few levels: its index where the value is on it, and less than 0, -1 - index, where it is off. */
export function levelCodes(x: Float64Array, levels: readonly number[], codes: Int8Array): void {
  for (let i = 0; i < x.length; i++) {
    let best = 0;
    for (let k = 1; k < levels.length; k++) if (Math.abs(x[i] - levels[k]) < Math.abs(x[i] - levels[best])) best = k;
    codes[i] = x[i] === levels[best] ? best : -1 - best;
  }
}

/** Pixels off the levels, and those of them that are higher or lower than both neighbours along their row or column. */
export function countPeaks(
  x: Float64Array,
  codes: Int8Array,
  height: number,
  width: number,
): { off: number; peaks: number } {
  let off = 0;
  let peaks = 0;
  for (let i = 0; i < width * height; i++) {
    if (codes[i] >= 0) continue;
    off++;
    const column = i % width;
    const inRow = column > 0 && column < width - 1 && (x[i] - x[i - 1]) * (x[i + 1] - x[i]) < 0;
    const inner = i >= width && i < width * (height - 1);
    if (inRow || (inner && (x[i] - x[i - width]) * (x[i + width] - x[i]) < 0)) peaks++;
  }
  return { off, peaks };
}

/** Blocks of 8 x 8 pixels that hold values off the levels, and those of them that are nearest to one level throughout. */
export function countBlocks(
  codes: Int8Array,
  height: number,
  width: number,
  top: number,
  left: number,
): { blocks: number; plain: number } {
  let blocks = 0;
  let plain = 0;
  for (let y = top - blockSide; y < height; y += blockSide) {
    for (let x = left - blockSide; x < width; x += blockSide) {
      let level = -1;
      let off = false;
      let crossed = false;
      for (let row = Math.max(0, y); row < Math.min(height, y + blockSide); row++) {
        for (let column = Math.max(0, x); column < Math.min(width, x + blockSide); column++) {
          const code = codes[row * width + column];
          const nearest = code < 0 ? -1 - code : code;
          off ||= code < 0;
          crossed ||= level >= 0 && nearest !== level;
          level = nearest;
        }
      }
      if (!off) continue;
      blocks++;
      if (!crossed) plain++;
    }
  }
  return { blocks, plain };
}

/** Adds up how many pixels of a plane differ from their left neighbour, by column, and from the one above, by row; how many of them by 1. */
export function countChanges(
  x: Reals,
  height: number,
  width: number,
  columns: Float64Array,
  rows: Float64Array,
): number {
  let ones = 0;
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++) {
      const i = y * width + column;
      if (column > 0 && x[i] !== x[i - 1]) {
        columns[column]++;
        if (Math.abs(x[i] - x[i - 1]) === 1) ones++;
      }
      if (y > 0 && x[i] !== x[i - width]) {
        rows[y]++;
        if (Math.abs(x[i] - x[i - width]) === 1) ones++;
      }
    }
  }
  return ones;
}
