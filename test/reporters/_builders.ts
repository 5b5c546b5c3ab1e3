import type { CaseReport, Report, ReportedClass, ReportedLoss, Verdict } from '../../src/core/report.ts';
import type { Display } from '../../src/core/reporter.ts';

/** A plain 80-column display, with what a test wants different. */
export function display(changes: Partial<Display> = {}): Display {
  return { width: 80, colour: false, verbose: false, quiet: false, ...changes };
}

export function verdict(changes: Partial<Verdict> & Pick<Verdict, 'rule' | 'status'>): Verdict {
  const found = changes.status === 'found';
  return {
    severity: 'error',
    role: found ? 'cause' : null,
    causedBy: null,
    title: changes.rule.replaceAll('-', ' '),
    message: '',
    evidence: [],
    why: '',
    fix: [],
    effect: null,
    reason: '',
    ...changes,
  };
}

export function loss(changes: Partial<ReportedLoss> & Pick<ReportedLoss, 'loss'>): ReportedLoss {
  return {
    spec: changes.loss,
    declared: false,
    value: 0.21448,
    perClass: null,
    gradient: { l2: 0.00134, max: 2.1e-5, perClass: [0.4, 0.6], vanishing: 0.7 },
    uniform: Math.LN2,
    prior: 0.41203,
    floor: 0,
    lowerBound: 0,
    terms: null,
    ...changes,
  };
}

export function classRow(changes: Partial<ReportedClass> & Pick<ReportedClass, 'index' | 'name'>): ReportedClass {
  return {
    pixels: 84_480,
    frequency: 0.5,
    predicted: 0.48,
    dice: 0.91,
    iou: 0.835,
    lossShare: 0.5,
    gradientShare: 0.4,
    weight: null,
    ...changes,
  };
}

const clearRules = ['label-out-of-range', 'constant-output', 'pair-mismatch', 'nonfinite-prediction'];
/** Checks that found nothing. */
export const clear = clearRules.map((rule) => verdict({ rule, status: 'clear' }));

export function oneCase(changes: Partial<CaseReport> = {}): CaseReport {
  return {
    id: 'pred.npy',
    prediction: {
      path: 'runs/042/pred.npy',
      dtype: 'float32',
      shape: [4, 2, 176, 240],
      layout: 'NCHW',
      activation: 'logits',
      images: 4,
      classes: 2,
    },
    target: {
      path: 'data/mask.npy',
      dtype: 'uint8',
      shape: [4, 176, 240],
      encoding: 'ids',
      ignore: [],
      valid: 168_960,
      ignored: 0,
    },
    assumptions: [],
    losses: [loss({ loss: 'ce', declared: true }), loss({ loss: 'dice', value: 0.087, uniform: 0.5, prior: 0.4667 })],
    classes: [
      classRow({ index: 0, name: 'background', frequency: 0.934, predicted: 0.951, dice: 0.972, iou: 0.9455 }),
      classRow({ index: 1, name: 'vessel', frequency: 0.066, predicted: 0.049, dice: 0.7003, iou: 0.5388 }),
    ],
    verdicts: clear,
    reported: null,
    ...changes,
  };
}

export function report(...cases: readonly CaseReport[]): Report {
  const verdicts = cases.flatMap((one) => one.verdicts);
  const found = (severity: string) =>
    verdicts.filter((one) => one.status === 'found' && one.severity === severity).length;
  const counts = { errors: found('error'), warnings: found('warning'), notes: found('note') };
  return {
    schema: 1,
    tool: { name: 'lossprobe', version: '0.1.0' },
    cases,
    summary: {
      cases: cases.length,
      ...counts,
      worst: counts.errors ? 'error' : counts.warnings ? 'warning' : counts.notes ? 'note' : null,
      notChecked: verdicts.filter(({ status }) => status !== 'found' && status !== 'clear').length,
    },
  };
}
