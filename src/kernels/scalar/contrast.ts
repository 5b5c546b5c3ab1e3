import type { Reals } from './reals.ts';

/**
 * Of a yes/no question: [pixels, sum of p] of the pixels that say no, then of those that say yes. Yes is a target above 1/2,
 * or, for class ids, any label but 0 (labels without a class included). Ignored pixels count on neither side.
 */
export function contrast(
  p: Reals,
  at: number,
  labels: Int32Array,
  targets: Reals | null,
  sums: Float64Array,
  count: number,
): void {
  for (let i = 0; i < count; i++) {
    if (labels[i] === -1) continue;
    const yes = targets === null ? labels[i] !== 0 : targets[i] > 0.5;
    const side = yes ? 2 : 0;
    sums[side]++;
    sums[side + 1] += p[at + i];
  }
}
