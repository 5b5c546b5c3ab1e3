import type { CaseReport, Circumstances, Evaluation, LossSpec, TableChoice } from './core/index.ts';
import { mendedOnce } from './diagnose/mended.ts';
import { explainMended, explainReported } from './diagnose/reported.ts';
import { honestView, judge, ruleRequests, type Selection } from './diagnose/rules.ts';
import { assumedSpec, refuseUndefined, tableSpecs } from './diagnose/specs.ts';
import { parseStored } from './diagnose/stored.ts';
import { parseReported, reportedLoss } from './diagnose/typed.ts';
import { formulas } from './formulas/index.ts';
import { interpret } from './interpret/interpret.ts';
import type { Named, Settings } from './interpret/settings.ts';
import { evaluateLosses, lossValue, type OnLoss } from './measure/evaluate.ts';
import { Measurements } from './measure/measurements.ts';
import { withOptions } from './measure/spec.ts';
import { confusion } from './measures/index.ts';
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
  const { subject, pixels, mended: mend } = interpret(id, prediction, target, request);
  const measurements = pixels === null ? null : new Measurements(pixels);
  const first = request.specs.length > 0 ? request.specs : [assumedSpec(subject.kind, subject.prediction.activation)];
  refuseUndefined(first, subject);
  const mended = mend && mendedOnce(mend, first[0] as LossSpec);
  const readable = !subject.obstacles.some(({ blocks }) => blocks.includes('target'));
  const under = honestView(subject);
  const { selection } = request;
  const later = [
    ...ruleRequests(rules, { subject, measurements, mended, selection }),
    { measure: confusion, view: under },
  ];
  const evaluations: readonly Evaluation[] =
    measurements === null || !readable
      ? []
      : evaluateLosses(
          [...first, ...tableSpecs(first, subject.kind, request.table)],
          measurements,
          later,
          request.gradients,
          request.onLoss,
        );
  const own = evaluations.filter(({ spec }) => first.includes(spec));
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
    others: evaluations.filter(({ spec }) => !first.includes(spec)),
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
    totals: measurements?.source.totals(under) ?? null,
    evaluations,
    confusion: measurements?.get(confusion, under) ?? null,
    verdicts,
    reported,
  });
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
