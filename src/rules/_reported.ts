import {
  type Circumstances,
  type Match,
  type NotApplicable,
  type Subject,
  type TypedNumber,
  toleranceOf,
  typedNumber,
} from '../core/index.ts';

/** Fewer digits fit too many formulas. */
export const digitsLimit = 3;

/** The reported loss as typed; null where there is none. */
export function reportedNumber({ reported }: Circumstances): (TypedNumber & { readonly text: string }) | null {
  const given = reported?.values.find(({ name }) => name === 'loss') ?? reported?.values[0];
  const typed = given === undefined ? null : typedNumber(given.typed);
  return given === undefined || typed === null ? null : { ...typed, text: given.typed };
}

/** Why a question about the reported value cannot be answered; null where it can. */
export function reportedObstacle(circumstances: Circumstances): NotApplicable | null {
  const typed = reportedNumber(circumstances);
  if (typed === null) return { notApplicable: 'no reported value was given (--reported)' };
  if (!(typed.digits >= digitsLimit)) return { notApplicable: 'the reported value has too few digits to tell' };
  return null;
}

/** True when a computed value is the reported one, to all digits that were typed. */
export function isReported(value: number, typed: TypedNumber, { prediction }: Subject): boolean {
  return Math.abs(value - typed.value) <= toleranceOf(typed, prediction.dtype);
}

/** The explanation of the reported value, where it is one of these formulas and its digits leave no doubt. */
export function explanation({ reported }: Circumstances, formulas: readonly string[]): Match | null {
  const [best] = reported?.matches ?? [];
  if (best === undefined || reported?.verdict !== 'explained') return null;
  return formulas.includes(best.formula) ? best : null;
}

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
