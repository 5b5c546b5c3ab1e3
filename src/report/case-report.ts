import type {
  CaseReport,
  Evaluation,
  GradientSummary,
  Reported,
  ReportedClass,
  ReportedLoss,
  Subject,
  TargetTotals,
  Verdict,
} from '../core/index.ts';
import type { Confusion } from '../measures/index.ts';

/** Everything that is known of a case at the end of the line. */
export interface Outcome {
  readonly subject: Subject;
  readonly totals: TargetTotals | null;
  readonly evaluations: readonly Evaluation[];
  readonly confusion: Confusion | null;
  readonly verdicts: readonly Verdict[];
  readonly reported: Reported | null;
}

/** Writes the outcome down in the form of the report. */
export function caseReport(outcome: Outcome): CaseReport {
  const { subject, totals, evaluations, verdicts, reported } = outcome;
  const { prediction, target } = subject;
  const sum = (array: Float64Array | undefined): number => array?.reduce((a, b) => a + b, 0) ?? 0;
  return {
    id: subject.id,
    prediction: {
      path: prediction.path,
      dtype: prediction.dtype,
      shape: prediction.shape,
      layout: prediction.layout,
      activation: prediction.activation,
      images: subject.images,
      classes: subject.channels,
    },
    target: {
      path: target.path,
      dtype: target.dtype,
      shape: target.shape,
      encoding: target.encoding,
      ignore: subject.ignore,
      valid: sum(totals?.valid),
      ignored: sum(totals?.ignored),
    },
    assumptions: subject.assumptions,
    losses: evaluations.map(reportedLoss),
    classes: classRows(outcome),
    verdicts,
    reported,
  };
}

function reportedLoss(it: Evaluation): ReportedLoss {
  return {
    loss: it.spec.loss.id,
    spec: it.spec.text,
    declared: it.spec.declared,
    value: it.raises === null ? it.value : null,
    perClass: it.perClass,
    gradient: it.gradient && gradientOf(it.gradient),
    uniform: it.uniform,
    prior: it.prior,
    floor: Number.isNaN(it.floor) ? null : it.floor,
    lowerBound: it.lowerBound,
    terms:
      it.terms?.map(({ spec, factor, value, gradient }) => ({
        spec: spec.text,
        factor,
        value: value.value,
        gradient: gradient && { l2: gradient.l2, share: gradient.share, cosines: gradient.cosines },
      })) ?? null,
  };
}

function gradientOf({ l2, max, perClass, vanishing }: GradientSummary): NonNullable<ReportedLoss['gradient']> {
  return { l2, max, perClass, vanishing };
}

/** The per-class table: pixels and hard overlap from the confusion, shares from the first loss. */
function classRows({ subject, confusion, evaluations }: Outcome): ReportedClass[] {
  if (confusion === null) return [];
  const first = evaluations[0];
  const all = first?.contributions?.reduce((a, b) => a + b, 0) ?? 0;
  return Array.from({ length: subject.rows }, (_, row) => {
    const truth = confusion.truth[row] ?? 0;
    const predicted = confusion.predicted[row] ?? 0;
    const agreed = confusion.agreed[row] ?? 0;
    const either = truth + predicted - agreed;
    const contribution = first?.contributions?.[row];
    const { valid } = confusion;
    return {
      index: row,
      name: rowName(subject, row),
      pixels: truth,
      frequency: truth / valid,
      predicted: predicted / valid,
      dice: truth + predicted === 0 ? null : (2 * agreed) / (truth + predicted),
      iou: either === 0 ? null : agreed / either,
      lossShare: contribution === undefined || !(all > 0) ? null : contribution / all,
      gradientShare: first?.gradient?.perClass[row] ?? null,
      weight: subject.weights?.[row] ?? null,
    };
  });
}

/** What a row of a per-class table is called; empty where nobody said. */
export function rowName(subject: Subject, row: number): string {
  return subject.names?.[row] ?? (subject.kind === 'binary' ? (row === 1 ? 'foreground' : 'background') : '');
}
