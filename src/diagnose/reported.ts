import { type Evaluation, type Formula, type Reported, type Subject, toleranceOf } from '../core/index.ts';
import type { Measurements } from '../measure/measurements.ts';
import { Appraiser } from './appraise.ts';
import { type Claim, conclude, isSettled } from './conclude.ts';
import {
  type Base,
  type Change,
  changesOf,
  contextOf,
  type Hypothesis,
  hypothesis,
  pairsOf,
  readingKey,
} from './hypothesis.ts';
import type { Mended } from './mended.ts';
import { basesOf, metricHypotheses, metricOf } from './named.ts';
import type { Typed } from './typed.ts';

/** Values that may be worked out anew for pairs of changes: channels x pixels x (readings + measures). */
const workForPairs = 1e8;

/** A hypothesis about one of the reported numbers. */
interface Trial {
  readonly claim: Claim;
  readonly hypothesis: Hypothesis;
}

/** A base of a claim, with every single change of it. */
interface Stand {
  readonly claim: Claim;
  readonly base: Base;
  readonly changes: readonly Change[];
}

/**
 * Which formula made these numbers: one hypothesis must give all of them. What needs no further look at the pixels is tried first,
 * then every single change, then the changes two by two; each only when nothing before has explained the numbers.
 */
export function explainReported(
  typed: readonly Typed[],
  declared: readonly Evaluation[],
  measurements: Measurements,
  formulas: readonly Formula[],
): Reported {
  const { source } = measurements;
  const appraiser = new Appraiser(measurements);
  const claims = typed.map(
    (it): Claim => ({
      typed: it,
      tolerance: toleranceOf(it, source.prediction.dtype),
      metric: metricOf(it.name),
      tried: [],
    }),
  );
  const changed = (base: Base): readonly Change[] => changesOf(base, formulas, source, source.totals(base.wired));
  const stands = claims.flatMap((claim) =>
    basesOf(claim.typed.name, declared, measurements).map((base): Stand => ({ claim, base, changes: changed(base) })),
  );
  const readings = readingsOf([
    ...stands.flatMap((it) => it.changes),
    ...(stands.length > 0 ? [] : declared.flatMap(changed)),
  ]);
  const attempt = (trials: readonly Trial[]): void => {
    for (const { claim, hypothesis: own } of trials) {
      const value = appraiser.value(own);
      if (value !== null) claim.tried.push({ hypothesis: own, value });
    }
  };
  const free = ({ hypothesis: own }: Trial): boolean =>
    own.images === undefined && appraiser.requests(own).every((request) => measurements.knows(request));

  const singles = stands.flatMap((it) => singleTrials(it, claims.length > 1 ? readings : [], measurements));
  for (const claim of claims) {
    if (claim.metric === null) continue;
    const all = metricHypotheses(claim.metric, [null, ...readings], measurements);
    singles.push(...all.map((own): Trial => ({ claim, hypothesis: own })));
  }
  const atOnce = singles.filter(free);
  attempt(atOnce);
  let outcome = conclude(claims);
  if (isSettled(outcome)) return outcome;

  const costly = singles.filter((it) => !atOnce.includes(it));
  measurements.prepareInTurn(costly.flatMap((it) => appraiser.requests(it.hypothesis)));
  attempt(costly);
  outcome = conclude(claims);
  if (outcome.matches.length > 0) return outcome;

  const pairs = stands.flatMap((it) => pairTrials(it, measurements));
  const quick = pairs.filter(free);
  attempt(quick);
  outcome = conclude(claims);
  if (outcome.matches.length > 0) return outcome;

  const affordable = withinWork(
    pairs.filter((it) => !quick.includes(it)),
    appraiser,
  );
  measurements.prepareInTurn(affordable.flatMap((it) => appraiser.requests(it.hypothesis)));
  attempt(affordable);
  outcome = conclude(claims);
  if (outcome.matches.length > 0) return outcome;
  const compatible = claims.length > 1 ? claims.flatMap(alone) : compatibleWith(stands, formulas, measurements);
  return compatible.length > 0 ? { ...outcome, compatible } : outcome;
}

/** The same for arrays that do not meet, of what training may have made of them. */
export function explainMended(
  typed: readonly Typed[],
  mended: () => Mended,
  formulas: readonly Formula[],
  subject: Subject,
): Reported | null {
  const own = formulas.filter(({ mends }) => subject.obstacles.some(({ rule }) => rule === mends));
  if (own.length === 0) return null;
  const { evaluation, measurements } = mended();
  return explainReported(typed, [evaluation], measurements, own);
}

/** The single changes of the whole that change nothing but how the arrays are read. */
function readingsOf(changes: readonly Change[]): Change[] {
  const pure = changes.filter(
    ({ term, touches }) => term === null && touches.length > 0 && touches.every((it) => it.startsWith('view ')),
  );
  return [...new Map(pure.map((it) => [readingKey([it]), it])).values()];
}

/** Besides its own changes, a number is tried under the readings that another number suggests. */
function singleTrials({ claim, base, changes }: Stand, readings: readonly Change[], { source }: Measurements): Trial[] {
  const own = new Set(changes.map((it) => readingKey([it])));
  const others = readings.filter((it) => !own.has(readingKey([it])));
  return [...changes, ...others].flatMap((change) => trial(claim, hypothesis(base, [change], source)));
}

function pairTrials({ claim, base, changes }: Stand, { source }: Measurements): Trial[] {
  return pairsOf(changes).flatMap((pair) => trial(claim, hypothesis(base, pair, source)));
}

function trial(claim: Claim, own: Hypothesis | null): Trial[] {
  return own === null ? [] : [{ claim, hypothesis: own }];
}

/** As many of the trials, in order, as the work that they ask for allows; what is swept for one serves all. */
function withinWork(trials: readonly Trial[], appraiser: Appraiser): Trial[] {
  const { source } = appraiser.measurements;
  const size = source.channels * source.pixels * source.images;
  const planned = new Set<string>();
  return trials.filter(({ hypothesis: own }) => {
    const wanted = appraiser.workOf(own).filter((it) => !planned.has(it));
    if ((planned.size + wanted.length) * size > workForPairs) return false;
    for (const it of wanted) planned.add(it);
    return true;
  });
}

/** Of several numbers that do not go together: what one of them is by itself. */
function alone(claim: Claim): NonNullable<Reported['compatible']> {
  const { verdict, matches } = conclude([claim]);
  const [first] = matches;
  if (first === undefined || (verdict !== 'declared' && verdict !== 'explained')) return [];
  const changed = first.departures.length === 0 ? '' : `: ${first.departures.join(' and ')}`;
  const { name, text } = claim.typed;
  return [{ formula: first.formula, because: `${name} ${text} by itself is the value of ${first.spec}${changed}` }];
}

/** What may be behind a number that nothing explains, although these arrays cannot show it. */
function compatibleWith(
  stands: readonly Stand[],
  formulas: readonly Formula[],
  { source }: Measurements,
): NonNullable<Reported['compatible']> {
  const [first] = stands;
  if (first === undefined) return [];
  const context = contextOf(first.base, source, source.totals(first.base.wired));
  return formulas.flatMap(({ id, compatible }) => {
    const because = compatible?.(context, first.claim.typed.value) ?? null;
    return because === null ? [] : [{ formula: id, because }];
  });
}
