import type { Subject } from '../core/index.ts';
import type { OverlapSums } from '../measures/index.ts';

/** How well a class is found, counted in probabilities; null where the target does not hold the class. */
export interface SoftScore {
  /** sum g: pixels of the class in the target. */
  readonly pixels: number;
  /** 2 sum p g / (sum p + sum g). */
  readonly dice: number | null;
  /** sum p g / sum g. */
  readonly recall: number | null;
}

/** Soft Dice and recall per row of the class table, over all images. */
export function softScores(sums: OverlapSums, { kind, rows, channels }: Subject): SoftScore[] {
  const total = (column: Float64Array, c: number): number =>
    column.reduce((sum, value, cell) => (cell % channels === c ? sum + value : sum), 0);
  const score = (p: number, g: number, hit: number): SoftScore => ({
    pixels: g,
    dice: g > 0 ? (2 * hit) / (p + g) : null,
    recall: g > 0 ? hit / g : null,
  });
  return Array.from({ length: rows }, (_, row) => {
    const c = kind === 'binary' ? 0 : row;
    const [p, g, hit] = [total(sums.p, c), total(sums.g, c), total(sums.pg, c)];
    if (kind !== 'binary' || row === 1) return score(p, g, hit);
    const valid = sums.valid.reduce((a, b) => a + b, 0);
    return score(valid - p, valid - g, valid - p - g + hit);
  });
}

/** The row with the lowest soft Dice of those that the target holds; null where it holds none. */
export function weakestRow(scores: readonly SoftScore[]): number | null {
  let weakest: number | null = null;
  let lowest = Infinity;
  for (const [row, { dice }] of scores.entries()) {
    if (dice === null || !(dice < lowest)) continue;
    weakest = row;
    lowest = dice;
  }
  return weakest;
}
