import type { Formula, KnownFacts, Match, Reported } from '../core/index.ts';
import { chanceMatches, distinctValues, same } from '../diagnose/chance.ts';
import { distance, type Typed } from '../diagnose/typed.ts';
import { inversions } from './inversions.ts';

/** What was said about the number; null where nothing was. */
export interface Said {
  readonly classes: number | null;
  readonly foreground: number | null;
}

/** Class counts of well-known data sets, tried where none was given. */
const usualClasses = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 25, 27, 30, 32, 33, 34, 37, 40, 41, 59, 60,
  64, 80, 81, 100, 104, 117, 128, 133, 150, 151, 171, 182, 256,
];

/** Which number that needs no arrays this is: ln C, the floor of a softmax taken twice, the entropy of the classes, a clip, ... */
export function identifyNumber(typed: Typed, said: Said, formulas: readonly Formula[]): Reported {
  const counts = said.classes === null ? usualClasses : [said.classes];
  const candidates = counts.flatMap((classes) => candidatesOf({ classes, foreground: said.foreground }, formulas));
  const values = distinctValues(candidates.map(({ value }) => value));
  const tolerance = typed.rounding + 1e-5 * Math.abs(typed.value);
  const off = (value: number): number => distance(typed, value);
  const matches = candidates
    .filter(({ value }) => off(value) <= tolerance)
    .sort((a, b) => off(a.value) - off(b.value))
    .map((it): Match => ({ ...it, relativeError: off(it.value) / Math.abs(it.value) }));
  const distinct = matches.filter(
    (it, at) => !matches.slice(0, at).some((other) => other.departures[0] === it.departures[0]),
  );
  const compatible = distinct.length > 0 ? [] : inversions(typed.value);
  return {
    values: [{ name: typed.name, typed: typed.text }],
    matches: distinct,
    candidates: values.length,
    expectedChanceMatches: chanceMatches(values, typed.value, tolerance),
    verdict: verdictOf(typed, distinct),
    ...(compatible.length > 0 ? { compatible } : {}),
  };
}

function candidatesOf(facts: KnownFacts, formulas: readonly Formula[]): Omit<Match, 'relativeError'>[] {
  return formulas.flatMap(({ id, constants }) =>
    (constants?.(facts) ?? []).map(({ value, what }) => ({
      formula: id,
      spec: 'a closed form',
      value,
      departures: [what],
    })),
  );
}

/** The list is short: three digits do, where a single number of it fits. */
function verdictOf({ digits }: Typed, matches: readonly Match[]): Reported['verdict'] {
  const [first] = matches;
  if (first === undefined) return 'unexplained';
  if (digits < 3) return 'too-few-digits';
  return matches.every(({ value }) => same(value, first.value)) ? 'explained' : 'ambiguous';
}
