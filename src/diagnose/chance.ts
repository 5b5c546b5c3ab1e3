import { matchesOfSpread } from '../core/index.ts';

/** Candidates crowd around the declared value: their density is also taken within this distance of the number, in ln. */
const reach = 0.35;

/**
 * How many of the values would lie within a tolerance of the number by accident: by their density over all decades, or by
 * that around the number where they crowd there.
 */
export function chanceMatches(values: readonly number[], typed: number, tolerance: number): number {
  const relative = tolerance / Math.abs(typed);
  if (!Number.isFinite(relative)) return 0;
  const near = values.filter(
    (value) => Math.abs(value - typed) > tolerance && Math.abs(Math.log(value / typed)) < reach,
  ).length;
  return Math.max(matchesOfSpread(values.length, relative), (relative * near) / reach);
}

/** Sorted values without those that equal the one before to 1e-12. */
export function distinctValues(values: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return [...sorted].filter((value, at) => at === 0 || !same(value, sorted[at - 1] ?? Number.NaN));
}

/** Algebraically equal, as far as these arrays can tell. */
export function same(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}
