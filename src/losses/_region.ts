import { regionColumns, type Subject } from '../core/index.ts';
import type { Cell, OverlapSums } from '../measures/index.ts';

/** Coefficients of a slope dL/dp on g^2, g (1-g), (1-g)^2 and p times each of them; on sign(p - g) where there is a seventh. */
export type Columns = readonly [number, number, number, number, number, number, number?];

/** All classes of an image, or of the batch, as one score. */
export function pooledCells(groups: readonly (readonly Cell[])[]): Cell[] {
  return groups.map((group) => {
    const rows = group.flatMap((cell) => cell.rows);
    return {
      channel: group.length === 1 ? (group[0]?.channel ?? -1) : -1,
      images: group[0]?.images ?? [],
      rows,
      sum: (column) => rows.reduce((total, row) => total + (column[row] ?? 0), 0),
    };
  });
}

/** The value of one cell and its slope, as coefficients on g^2, g (1-g), (1-g)^2 and p times each of them. */
export interface CellLoss {
  readonly cell: Cell;
  readonly value: number;
  /** Empty where nothing moves. */
  readonly slope: Columns | readonly [];
}

/** A slope times a factor. */
export function scaledSlope(slope: Columns | readonly [], factor: number): Columns | readonly [] {
  return slope.length === 0 ? slope : sumOfSlopes([[factor, slope]]);
}

/** A linear combination of slopes. */
export function sumOfSlopes(terms: readonly (readonly [factor: number, slope: Columns])[]): Columns {
  const column = (k: 0 | 1 | 2 | 3 | 4 | 5 | 6): number =>
    terms.reduce((total, [factor, slope]) => total + factor * (slope[k] ?? 0), 0);
  return [column(0), column(1), column(2), column(3), column(4), column(5), column(6)];
}

/** Spreads the slopes of the cells, times a factor each, over the coefficient table of a region gradient. */
export function coefficients(
  sums: OverlapSums,
  parts: readonly CellLoss[],
  factor: (part: CellLoss) => number,
): Float64Array {
  const out = new Float64Array(regionColumns * sums.images * sums.channels);
  for (const part of parts) {
    const scale = factor(part);
    if (scale === 0) continue;
    const own = part.slope.slice(0, regionColumns);
    for (const row of part.cell.rows) {
      own.forEach((slope = 0, k) => {
        out[regionColumns * row + k] = (out[regionColumns * row + k] ?? 0) + scale * slope;
      });
    }
  }
  return out;
}

/** The same for the slopes on sign(p - g), one per image and channel. */
export function signFactors(
  sums: OverlapSums,
  parts: readonly CellLoss[],
  factor: (part: CellLoss) => number,
): Float64Array {
  const out = new Float64Array(sums.images * sums.channels);
  for (const part of parts) {
    const own = factor(part) * (part.slope[6] ?? 0);
    for (const row of part.cell.rows) out[row] = (out[row] ?? 0) + own;
  }
  return out;
}

/** Mean value of the cells of each channel, null for a channel without one. */
export function perChannel(parts: readonly CellLoss[], channels: number): (number | null)[] {
  return Array.from({ length: channels }, (_, channel) => {
    const own = parts.filter((part) => part.cell.channel === channel);
    return own.length === 0 ? null : own.reduce((sum, part) => sum + part.value, 0) / own.length;
  });
}

/** Numbers per channel as rows of the per-class table: the channel of a binary loss is its foreground. */
export function classRows(byChannel: readonly (number | null)[], subject: Subject): readonly (number | null)[] {
  return subject.kind === 'binary' ? [null, byChannel[0] ?? null] : byChannel;
}
