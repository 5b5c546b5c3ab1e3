import type { Circumstances, Match } from '../core/index.ts';

/** Accidental matches up to which the only match is worth a warning. */
const likelyLimit = 0.05;

/** A formula that the reported value is, and whether that is proven or only likely. */
export interface Told {
  readonly match: Match;
  readonly sure: boolean;
}

/** The first of some formulas that explains the reported value; undefined where it may well have fit by chance. */
export function told({ reported }: Circumstances, formulas: readonly string[]): Told | undefined {
  if (reported === null) return undefined;
  const { verdict, matches, expectedChanceMatches } = reported;
  const match = matches.find(({ formula }) => formulas.includes(formula));
  if (match === undefined) return undefined;
  if (verdict === 'explained') return { match, sure: true };
  const alone = verdict === 'ambiguous' && matches.length === 1 && match.departures.length < 2;
  return alone && expectedChanceMatches <= likelyLimit ? { match, sure: false } : undefined;
}
