import type { Labels, Reals } from './reals.ts';

/** Numbers of a distance penalty: weight = plus + R, R = deepest - distance within the pixel's own class. */
export interface PenaltyShape {
  readonly plus: number;
  /** 1/d instead of deepest - d. */
  readonly inverse: boolean;
  /** R is at most this. */
  readonly clip: number;
}

export interface PenaltyNumbers extends PenaltyShape {
  /** R is divided by its largest value per class. */
  readonly normalise: boolean;
}

/** The least and the largest squared distance of every row of an image, at [2 * row]; no other label in the image: 0. */
export function squareRanges(squared: Reals, labels: Labels, rows: number): Float64Array {
  const ranges = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) ranges[2 * row] = Infinity;
  for (let i = 0; i < labels.length; i++) {
    const y = labels[i];
    if (y < 0) continue;
    const square = squared[i] === Infinity ? 0 : squared[i];
    if (square < ranges[2 * y]) ranges[2 * y] = square;
    if (square > ranges[2 * y + 1]) ranges[2 * y + 1] = square;
  }
  return ranges;
}

/** What R is counted from and divided by in every row, at [2 * row]; divided by 0 it is 0. */
export function penaltyRows(ranges: Float64Array, { inverse, normalise }: PenaltyNumbers): Float64Array {
  const table = new Float64Array(ranges.length);
  for (let at = 0; at < ranges.length; at += 2) {
    const [shallowest, deepest] = [Math.sqrt(ranges[at]), Math.sqrt(ranges[at + 1])];
    const largest = inverse ? (shallowest > 0 ? 1 / shallowest : 0) : deepest - shallowest;
    table[at] = deepest;
    table[at + 1] = normalise ? Math.max(0, largest) : 1;
  }
  return table;
}

/** Weights of the penalty for a run of pixels whose first one is at `start` of the squared distances; 0 where there is no class. */
export function penaltyWeights(
  squared: Reals,
  start: number,
  labels: Labels,
  table: Float64Array,
  numbers: PenaltyShape,
  out: Reals,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const y = labels[i];
    if (y < 0) {
      out[i] = 0;
      continue;
    }
    out[i] = weightOf(squared[start + i], table[2 * y], table[2 * y + 1], numbers);
  }
}

function weightOf(square: number, from: number, span: number, { plus, inverse, clip }: PenaltyShape): number {
  const d = square === Infinity ? 0 : Math.sqrt(square);
  const r = inverse ? (d === 0 ? 0 : 1 / d) : from - d;
  return plus + Math.min(span > 0 ? r / span : 0, clip);
}

/** The weights of an image added up by row. */
export function sumPenalty(squared: Reals, labels: Labels, table: Float64Array, numbers: PenaltyShape): Float64Array {
  const sums = new Float64Array(table.length / 2);
  for (let i = 0; i < labels.length; i++) {
    const y = labels[i];
    if (y >= 0) sums[y] += weightOf(squared[i], table[2 * y], table[2 * y + 1], numbers);
  }
  return sums;
}

/** Adds each pixel's loss, times its weight, to the row of the pixel, and the weight to the row's total. */
export function sumWeighed(
  losses: Reals,
  rows: Int32Array,
  weights: Reals,
  sums: Float64Array,
  totals: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i];
    if (row < 0) continue;
    if (weights[i] !== 0) sums[row] += weights[i] * losses[i];
    totals[row] += weights[i];
  }
}
