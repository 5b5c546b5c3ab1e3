import type { Repair, Subject } from '../core/index.ts';

/** The two values of a normalised mask, -1 and 1 as a rule, read as 0 and 1. */
export const recentreTarget: Repair = {
  id: 'recentre-target',
  what(subject) {
    const [low, high] = ends(subject);
    return `targets ${rounded(low)} and ${rounded(high)} read as 0 and 1`;
  },
  view(subject, evaluation) {
    const [low, high] = ends(subject);
    return { ...evaluation.wired, target: { scale: 1 / (high - low), shift: -low / (high - low) } };
  },
};

/** Smallest and largest value that is not ignored. */
function ends({ target, ignore }: Subject): [number, number] {
  const values = [...target.profile.values.keys()].filter((value) => !ignore.includes(value));
  return [Math.min(...values), Math.max(...values)];
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
