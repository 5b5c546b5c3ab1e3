import type { Match, Reported } from '../core/index.ts';
import { chanceMatches, distinctValues, same } from './chance.ts';
import type { Hypothesis } from './hypothesis.ts';
import { distance, type Typed } from './typed.ts';

/** More accidental matches than this, and a match proves nothing. */
const chanceLimit = 0.01;

/** A reported number, and what has been tried for it. */
export interface Claim {
  readonly typed: Typed;
  readonly tolerance: number;
  readonly metric: 'dice' | 'iou' | null;
  readonly tried: { readonly hypothesis: Hypothesis; readonly value: number }[];
}

/** A hypothesis that fits, one per number; they agree in how the arrays are read. */
interface Fit {
  readonly match: Match;
  readonly rare: boolean;
  readonly detour: number;
}

/** What the trials so far say. */
export function conclude(claims: readonly Claim[]): Reported {
  const fits = (claims.length === 1 ? claims.flatMap(fitsOf) : jointFits(claims)).sort(order);
  const best = fits[0]?.match;
  const asDeclared = best !== undefined && isDeclared(best);
  const shown = asDeclared ? fits.filter(({ match }) => isDeclared(match)) : fits;
  const chance = expectedMatches(claims);
  const runnerUp = claims.length === 1 && !asDeclared ? nearest(claims[0]) : undefined;
  return {
    values: claims.map(({ typed }) => ({ name: typed.name, typed: typed.text })),
    matches: shown.map(({ match }) => match),
    candidates: claims.reduce((sum, claim) => sum + distinctValues(claim.tried.map(({ value }) => value)).length, 0),
    expectedChanceMatches: chance,
    verdict: verdictOf(claims, fits, chance),
    ...(runnerUp === undefined ? {} : { runnerUp }),
  };
}

/** True where no further look at the pixels could say it better. */
export function isSettled({ verdict, matches }: Reported): boolean {
  return verdict === 'declared' || (verdict === 'explained' && matches.length > 0);
}

function isDeclared({ formula, departures }: Match): boolean {
  return formula === 'declared' && departures.length === 0;
}

function order(a: Fit, b: Fit): number {
  return (
    a.match.departures.length - b.match.departures.length ||
    Number(a.rare) - Number(b.rare) ||
    a.detour - b.detour ||
    a.match.relativeError - b.match.relativeError
  );
}

/** The hypotheses that give a number; of those that are the same number, the plainest of each formula. */
function fitsOf(claim: Claim): Fit[] {
  const { typed, tolerance, tried } = claim;
  const fits = tried
    .filter(({ value }) => distance(typed, value) <= tolerance)
    .map(
      ({ hypothesis, value }): Fit => ({
        match: matchOf(typed, hypothesis, value),
        rare: hypothesis.rare,
        detour: hypothesis.detour,
      }),
    )
    .sort(order);
  return fits.filter((it, at) => !fits.slice(0, at).some((plainer) => stands(plainer, it)));
}

/** True where a fit need not be shown beside a plainer one: the same number by more departures, or by the same formula. */
function stands(plainer: Fit, it: Fit): boolean {
  if (!same(plainer.match.value, it.match.value)) return false;
  return (
    plainer.match.formula === it.match.formula ||
    plainer.match.departures.length < it.match.departures.length ||
    (it.rare && !plainer.rare)
  );
}

function matchOf(typed: Typed, { formula, text, departures }: Hypothesis, value: number): Match {
  const error = distance(typed, value);
  return { formula, spec: text, value, relativeError: error === 0 ? 0 : error / Math.abs(value), departures };
}

/** One reading of the arrays that gives every number, with the plainest explanation of each under it. */
function jointFits(claims: readonly Claim[]): Fit[] {
  return readingsOf(claims).flatMap((reading): Fit[] => {
    const each = claims.map((claim) => fitsOf(under(claim, reading))[0]);
    const all = each.filter((it) => it !== undefined);
    const [first] = all;
    if (first === undefined || all.length < each.length) return [];
    const own = all.find(({ match }) => match.departures.length > 0)?.match ?? first.match;
    return [
      {
        match: {
          formula: own.formula,
          spec: all.map(({ match }, k) => `${claims[k]?.typed.name}: ${match.spec}`).join('; '),
          value: first.match.value,
          relativeError: Math.max(...all.map(({ match }) => match.relativeError)),
          departures: [...new Set(all.flatMap(({ match }) => match.departures))],
        },
        rare: all.some(({ rare }) => rare),
        detour: Math.max(...all.map(({ detour }) => detour)),
      },
    ];
  });
}

function readingsOf(claims: readonly Claim[]): string[] {
  return [...new Set(claims.flatMap(({ tried }) => tried.map(({ hypothesis }) => hypothesis.reading)))];
}

function under(claim: Claim, reading: string): Claim {
  return { ...claim, tried: claim.tried.filter(({ hypothesis }) => hypothesis.reading === reading) };
}

/** Accidental matches to expect: of one number among all values, of several at once under any one reading. */
function expectedMatches(claims: readonly Claim[]): number {
  const of = ({ typed, tolerance, tried }: Claim): number =>
    chanceMatches(distinctValues(tried.map(({ value }) => value)), typed.value, tolerance);
  if (claims.length === 1) return claims.reduce((sum, claim) => sum + of(claim), 0);
  return readingsOf(claims).reduce(
    (sum, reading) => sum + claims.reduce((all, claim) => all * Math.min(1, of(under(claim, reading))), 1),
    0,
  );
}

/** The candidate next to the number that does not give it. */
function nearest(claim: Claim | undefined): Match | undefined {
  if (claim === undefined || !Number.isFinite(claim.typed.value)) return undefined;
  const { typed, tolerance, tried } = claim;
  const others = tried.filter(
    ({ hypothesis, value }) => !hypothesis.rare && Number.isFinite(value) && distance(typed, value) > tolerance,
  );
  const [first] = others;
  if (first === undefined) return undefined;
  const best = others.reduce((a, b) => (distance(typed, b.value) < distance(typed, a.value) ? b : a), first);
  return matchOf(typed, best.hypothesis, best.value);
}

function verdictOf(claims: readonly Claim[], fits: readonly Fit[], chance: number): Reported['verdict'] {
  const [best] = fits;
  if (best === undefined) return 'unexplained';
  // Many mistakes end in NaN or infinity: there are no digits to tell them apart by.
  const proven = chance <= chanceLimit && claims.every(({ typed }) => Number.isFinite(typed.value));
  // A metric was not declared: which of its definitions was meant is a question like any other.
  if (isDeclared(best.match) && (proven || claims.some(({ metric }) => metric === null))) return 'declared';
  const digits = Math.max(...claims.map(({ typed }) => typed.digits));
  if (digits < 3 && !(claims.length > 1 && proven)) return 'too-few-digits';
  const rival = fits.find(
    ({ match, rare }) =>
      match.formula !== best.match.formula &&
      match.departures.length === best.match.departures.length &&
      rare === best.rare &&
      !same(match.value, best.match.value),
  );
  const closedForm = best.match.formula === 'constant-predictor' && claims.length === 1;
  return rival === undefined && (proven || closedForm) ? 'explained' : 'ambiguous';
}
