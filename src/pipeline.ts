import {
  type CaseReport,
  type Circumstances,
  type Evaluation,
  type LossSpec,
  type Subject,
  type TableChoice,
  UsageError,
} from './core/index.ts';
import { explainReported } from './diagnose/reported.ts';
import { honestView, judge, ruleRequests, type Selection } from './diagnose/rules.ts';
import { assumedSpec, tableSpecs } from './diagnose/specs.ts';
import { parseReported, reportedLoss } from './diagnose/typed.ts';
import { formulas } from './formulas/index.ts';
import { interpret } from './interpret/interpret.ts';
import type { Named, Settings } from './interpret/settings.ts';
import { evaluateLosses } from './measure/evaluate.ts';
import { Measurements } from './measure/measurements.ts';
import { confusion } from './measures/index.ts';
import { repairs } from './repairs/index.ts';
import { caseReport } from './report/case-report.ts';
import { rules } from './rules/index.ts';

/** What a run is asked to do with a pair of arrays. */
export interface Request extends Settings {
  /** Numbers that the training code printed, as typed. */
  readonly reported: readonly string[];
  readonly selection: Selection;
  /** Which losses the table shows besides the declared ones. */
  readonly table: TableChoice;
}

/**
 * The straight line: interpret -> measure -> diagnose -> report. Reading comes before it, rendering after.
 * @throws InputError when the arrays cannot be judged, UsageError when a request makes no sense.
 */
export function runCase(id: string, prediction: Named, target: Named, request: Request): CaseReport {
  const typed = request.reported.map(parseReported);
  const { subject, pixels } = interpret(id, prediction, target, request);
  const measurements = pixels === null ? null : new Measurements(pixels);
  const first = request.specs.length > 0 ? request.specs : [assumedSpec(subject.kind, subject.prediction.activation)];
  refuseUndefined(first, subject);
  const readable = !subject.obstacles.some(({ blocks }) => blocks.includes('target'));
  const under = honestView(subject);
  const { selection } = request;
  const later = [...ruleRequests(rules, { subject, measurements, selection }), { measure: confusion, view: under }];
  const evaluations: readonly Evaluation[] =
    measurements === null || !readable
      ? []
      : evaluateLosses([...first, ...tableSpecs(first, subject.kind, request.table)], measurements, later);
  const own = evaluations.filter(({ spec }) => first.includes(spec));
  const reported =
    typed.length === 0 || own.length === 0 || measurements === null
      ? null
      : explainReported(typed, own, measurements, formulas);
  const circumstances: Circumstances = {
    losses: own,
    reported,
    reportedValue: reportedLoss(typed)?.value ?? null,
    options: { layout: request.layout, classes: request.classes },
  };
  const verdicts = judge(rules, { subject, measurements, circumstances, selection: request.selection, repairs });
  return caseReport({
    subject,
    totals: measurements?.source.totals(under) ?? null,
    evaluations,
    confusion: measurements?.get(confusion, under) ?? null,
    verdicts,
    reported,
  });
}

/** A declared loss that is not defined for this kind of problem is a mistake of usage, not a defect of the arrays. */
function refuseUndefined(specs: readonly LossSpec[], { kind, channels }: Subject): void {
  for (const { loss, text } of specs) {
    if (loss.kinds.includes(kind)) continue;
    const what = {
      binary: 'one-channel predictions',
      exclusive: 'exclusive classes',
      multilabel: 'overlapping classes',
    };
    throw new UsageError(
      `--loss ${text} is not defined for ${what[kind]} (this prediction has ${channels} channel${channels === 1 ? '' : 's'}); ` +
        `it is for ${loss.kinds.map((it) => what[it]).join(', ')}`,
    );
  }
}
