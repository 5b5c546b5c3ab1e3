import {
  type Case,
  type CaseReport,
  type Circumstances,
  type Evaluation,
  type LossSpec,
  type Subject,
  type TableChoice,
  view,
} from './core/index.ts';
import { mendedOnce } from './diagnose/mended.ts';
import { explainMended, explainReported } from './diagnose/reported.ts';
import { honestView, judge, ruleRequests, type Selection } from './diagnose/rules.ts';
import { assumedSpec, refuseUndefined, tableSpecs } from './diagnose/specs.ts';
import { parseStored } from './diagnose/stored.ts';
import { parseReported, reportedLoss } from './diagnose/typed.ts';
import { formulas } from './formulas/index.ts';
import { approach } from './interpret/interpret.ts';
import type { Named, Settings } from './interpret/settings.ts';
import { evaluateLosses, lossValue, type OnLoss, valueRequests } from './measure/evaluate.ts';
import { Measurements } from './measure/measurements.ts';
import { withOptions } from './measure/spec.ts';
import { confusion, fewValues, storedValues } from './measures/index.ts';
import { repairs } from './repairs/index.ts';
import { caseReport } from './report/case-report.ts';
import { rules } from './rules/index.ts';

/** What a run is asked to do with a pair of arrays. */
export interface Request extends Settings {
  /** Numbers that the training code printed, as typed. */
  readonly reported: readonly string[];
  /** Losses of an earlier run on the same arrays, as typed: `ce=0.337`. */
  readonly baseline: readonly string[];
  readonly selection: Selection;
  /** Which losses the table shows besides the declared ones. */
  readonly table: TableChoice;
  /** Whether gradients are taken as well: a second sweep. */
  readonly gradients: boolean;
  /** Told which loss is being taken, and the share of the work that is done. */
  readonly onLoss?: OnLoss | undefined;
}

/**
 * The straight line: interpret -> measure -> diagnose -> report. Reading comes before it, rendering after.
 * @throws InputError when the arrays cannot be judged, UsageError when a request makes no sense.
 */
export function runCase(id: string, prediction: Named, target: Named, request: Request): CaseReport {
  const typed = request.reported.map(parseReported);
  const baseline = request.baseline.map(parseStored);
  const way = approach(id, prediction, target, request);
  const draft = way.draft()?.pixels ?? null;
  const early = draft && measureEarly(draft, request);
  const { subject, pixels, mended: mend } = way.settle(early?.values);
  const measurements =
    pixels && (early?.pixels.kind === pixels.kind ? early.measurements.of(pixels) : new Measurements(pixels));
  const { declared, others, asked } = questionsOf(subject, request);
  refuseUndefined(declared, subject);
  const mended = mend && mendedOnce(mend, declared[0] as LossSpec);
  const readable = !subject.obstacles.some(({ blocks }) => blocks.includes('target'));
  const { selection } = request;
  const evaluations: readonly Evaluation[] =
    measurements === null || !readable
      ? []
      : evaluateLosses([...declared, ...others], measurements, asked, request.gradients, request.onLoss);
  const own = evaluations.filter(({ spec }) => declared.includes(spec));
  const reported =
    typed.length === 0
      ? null
      : measurements === null
        ? mended && explainMended(typed, mended, formulas, subject)
        : own.length === 0
          ? null
          : explainReported(typed, own, measurements, formulas);
  const circumstances: Circumstances = {
    losses: own,
    others: evaluations.filter(({ spec }) => !declared.includes(spec)),
    reported,
    reportedValue: reportedLoss(typed)?.value ?? null,
    baseline,
    options: { layout: request.layout, classes: request.classes },
    series: null,
    ...retakes(measurements),
  };
  const verdicts = judge(rules, { subject, measurements, mended, circumstances, selection, repairs });
  return caseReport({
    subject,
    totals: measurements?.source.totals(honestView(subject)) ?? null,
    evaluations,
    confusion: measurements?.get(confusion, honestView(subject)) ?? null,
    verdicts,
    reported,
  });
}

/** What is asked of a subject: the losses that were declared, or the one that is assumed; those of the table; and what else is measured beside them. */
function questionsOf(subject: Subject, { specs, table, selection }: Request) {
  const declared = specs.length > 0 ? specs : [assumedSpec(subject.kind, subject.prediction.activation)];
  return {
    declared,
    others: tableSpecs(declared, subject.kind, table),
    asked: [...ruleRequests(rules, subject, selection), { measure: confusion, view: honestView(subject) }],
  };
}

/**
 * Looks at the values of a file once: while they are gathered for what they are, all is measured that will be asked if they are what they
 * seem to be. What is not asked after all does no harm.
 */
function measureEarly(pixels: Case, request: Request) {
  const measurements = new Measurements(pixels);
  const { declared, others, asked } = questionsOf(pixels, request);
  // About to be refused.
  if (declared.some(({ loss }) => !loss.kinds.includes(pixels.kind))) return null;
  const stored = { measure: storedValues(pixels.prediction.profile.distinct <= fewValues), view: view([]) };
  measurements.prepare([stored, ...valueRequests([...declared, ...others], measurements), ...asked]);
  return { pixels, measurements, values: measurements.get(stored.measure, stored.view) };
}

/** What lets rules take a loss again, each time only when one asks. */
function retakes(measurements: Measurements | null): Pick<Circumstances, 'retake' | 'perImage'> {
  if (measurements === null) return { retake: () => Number.NaN, perImage: () => [] };
  const { source } = measurements;
  return {
    retake: ({ spec, view }, options) => lossValue(withOptions(spec, options), measurements, view).value,
    perImage: ({ spec, view }) =>
      Array.from({ length: source.images }, (_, k) => lossValue(spec, new Measurements(source.image(k)), view).value),
  };
}
