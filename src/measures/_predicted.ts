import type { TargetTotals } from '../core/index.ts';

/** True for targets that say 0 or 1 and nothing between. */
export function isHard({ count, sum, restSum }: TargetTotals): boolean {
  return sum.every((all, at) => all === count[at]) && restSum.every((all) => all === 0);
}
