import type { Verdict } from '../core/report.ts';

/** One defect as it is told: the cause, and everything that was found because of it. */
export interface Story {
  readonly cause: Verdict;
  readonly consequences: readonly Verdict[];
}

/** The findings grouped by their cause, in the order of the report. A finding whose cause is unknown leads its own. */
export function storiesOf(verdicts: readonly Verdict[]): Story[] {
  const found = verdicts.filter(({ status }) => status === 'found');
  const byRule = new Map(found.map((verdict) => [verdict.rule, verdict]));
  const roots = new Map(found.map((verdict) => [verdict, rootOf(verdict, byRule)]));
  return found
    .filter((verdict) => roots.get(verdict) === verdict)
    .map((cause) => ({ cause, consequences: found.filter((other) => other !== cause && roots.get(other) === cause) }));
}

/** Follows `causedBy` to its start; a circle has none, so each of its members stands for itself. */
function rootOf(verdict: Verdict, byRule: ReadonlyMap<string, Verdict>): Verdict {
  const passed = new Set<Verdict>();
  let root = verdict;
  while (root.role === 'consequence' && root.causedBy !== null) {
    passed.add(root);
    const next = byRule.get(root.causedBy);
    if (!next) return root;
    if (passed.has(next)) return verdict;
    root = next;
  }
  return root;
}
