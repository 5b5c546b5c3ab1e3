import {
  chanceMatches,
  type Evaluation,
  type Formula,
  type FormulaContext,
  type LossSpec,
  type Match,
  type Reported,
  type Subject,
  type Supposition,
  type TypedNumber,
  toleranceOf,
  typedNumber,
  UsageError,
  type View,
} from '../core/index.ts';
import { lossRequests, lossValue, predictedValue } from '../measure/evaluate.ts';
import type { Measurements } from '../measure/measurements.ts';
import { parseLoss, withOptions } from '../measure/spec.ts';
import type { Mended } from './mended.ts';

/** A reported number as it was typed, and what it is the value of. */
export interface Typed extends TypedNumber {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads `1.27401` or `loss=1.27401`.
 * @throws UsageError when it is not a number.
 */
export function parseReported(text: string): Typed {
  const [, name = 'loss', number = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text.trim()) ?? [];
  const typed = typedNumber(number);
  if (typed === null) {
    throw new UsageError(`--reported "${text}" is not a number; type it as it was printed, such as 1.27401`);
  }
  return { name, text: number, ...typed };
}

/** Which formula made this number: every supposition is evaluated on the arrays and held against the digits typed. */
export function explainReported(
  typed: Typed,
  evaluation: Evaluation,
  measurements: Measurements,
  formulas: readonly Formula[],
): Reported {
  const context: FormulaContext = {
    subject: measurements.source,
    spec: evaluation.spec,
    wired: evaluation.wired,
    proper: evaluation.proper,
    totals: measurements.source.totals(evaluation.wired),
  };
  const candidates = formulas.flatMap((formula) =>
    formula.suppose(context).map((supposition) => candidate(formula.id, supposition, evaluation)),
  );
  measurements.prepare(
    candidates.flatMap(({ spec, under, supposition }) =>
      supposition.predictor === undefined ? under.flatMap((view) => lossRequests(spec, measurements, view)) : [],
    ),
  );
  const tolerance = toleranceOf(typed, measurements.source.prediction.dtype);
  const matches: Match[] = [];
  for (const { formula, spec, under, supposition } of candidates) {
    const { predictor, factor = 1 } = supposition;
    const taken =
      predictor === undefined
        ? under.reduce((sum, view) => sum + lossValue(spec, measurements, view).value, 0) / under.length
        : predictedValue(spec, measurements, evaluation.proper, predictor).value;
    const value = taken * factor;
    const error = Object.is(value, typed.value) ? 0 : Math.abs(value - typed.value);
    if (!(error <= tolerance)) continue;
    const relativeError = error === 0 ? 0 : error / Math.abs(value);
    matches.push({ formula, spec: spec.text, value, relativeError, departures: supposition.departures });
  }
  matches.sort((a, b) => a.departures.length - b.departures.length || a.relativeError - b.relativeError);
  const chance = chanceMatches(typed, candidates.length, measurements.source.prediction.dtype);
  const asDeclared = matches.some((match) => match.formula === 'declared');
  return {
    values: [{ name: typed.name, typed: typed.text }],
    matches: asDeclared ? matches.filter((match) => match.formula === 'declared') : matches,
    candidates: candidates.length,
    expectedChanceMatches: chance,
    verdict: verdictOf(typed, matches, asDeclared, chance),
  };
}

/** The same for arrays that do not meet, of what training may have made of them. */
export function explainMended(
  typed: Typed,
  mended: () => Mended,
  formulas: readonly Formula[],
  subject: Subject,
): Reported | null {
  const own = formulas.filter(({ mends }) => subject.obstacles.some(({ rule }) => rule === mends));
  if (own.length === 0) return null;
  const { evaluation, measurements } = mended();
  return explainReported(typed, evaluation, measurements, own);
}

/** Of the explanations under each declared loss, the one that needs the least: as declared, then explained, then any match. */
export function bestExplanation(explanations: readonly Reported[]): Reported | null {
  const rank = ({ verdict, matches }: Reported): number =>
    verdict === 'declared' ? 3 : verdict === 'explained' ? 2 : matches.length > 0 ? 1 : 0;
  return [...explanations].sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

interface Candidate {
  readonly formula: string;
  readonly spec: LossSpec;
  readonly under: readonly View[];
  readonly supposition: Supposition;
}

function candidate(formula: string, supposition: Supposition, evaluation: Evaluation): Candidate {
  const { loss, options, view, views } = supposition;
  const other = loss === undefined ? evaluation.spec : { ...parseLoss(loss), from: evaluation.spec.from };
  const spec = options === undefined ? other : withOptions(other, options);
  return { formula, spec, under: views ?? [view ?? evaluation.wired], supposition };
}

function verdictOf(typed: Typed, matches: readonly Match[], asDeclared: boolean, chance: number): Reported['verdict'] {
  if (asDeclared) return 'declared';
  if (matches.length === 0) return 'unexplained';
  if (typed.digits < 3) return 'too-few-digits';
  const closedForm = matches[0]?.formula === 'constant-predictor';
  return chance <= 0.01 || closedForm ? 'explained' : 'ambiguous';
}
