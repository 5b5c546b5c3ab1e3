import type { Reals } from './reals.ts';

/** Turns rows into columns: number [r, c], at `r * width + c` of `from`, goes to `c * stride + r` of `out`. */
export function transpose(from: Reals, width: number, out: Reals, stride: number, rows: number, columns: number): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[c * stride + r] = from[r * width + c];
  }
}
