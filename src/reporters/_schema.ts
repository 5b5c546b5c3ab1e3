import type { Assumption } from '../core/case.ts';
import type {
  CaseReport,
  Effect,
  Evidence,
  Fix,
  Match,
  Report,
  Reported,
  ReportedClass,
  ReportedLoss,
  ReportedTerm,
  Verdict,
} from '../core/report.ts';
import { list, numbers, object, orNull, type Shape } from './_shape.ts';

/** Parts that reports of other commands have too. */
export const assumption = object<Assumption>({
  about: 'text',
  chosen: 'text',
  because: 'text',
  override: orNull('text'),
  confidence: 'text',
});

const term = object<ReportedTerm>({
  spec: 'text',
  factor: 'number',
  value: 'number',
  gradient: orNull(object<NonNullable<ReportedTerm['gradient']>>({ l2: 'number', share: 'number', cosines: numbers })),
});

const loss = object<ReportedLoss>({
  loss: 'text',
  spec: 'text',
  declared: 'flag',
  value: orNull('number'),
  perClass: orNull(list(orNull('number'))),
  gradient: orNull(
    object<NonNullable<ReportedLoss['gradient']>>({
      l2: 'number',
      max: 'number',
      perClass: numbers,
      vanishing: 'number',
    }),
  ),
  uniform: orNull('number'),
  prior: orNull('number'),
  floor: orNull('number'),
  lowerBound: 'number',
  terms: orNull(list(term)),
});

const classRow = object<ReportedClass>({
  index: 'number',
  name: 'text',
  pixels: 'number',
  frequency: 'number',
  predicted: orNull('number'),
  dice: orNull('number'),
  iou: orNull('number'),
  lossShare: orNull('number'),
  gradientShare: orNull('number'),
  weight: orNull('number'),
});

export const evidence = object<Evidence>({
  label: 'text',
  value: 'either',
  unit: { orAbsent: 'text' },
  limit: { orAbsent: 'either' },
});

export const verdict = object<Verdict>({
  rule: 'text',
  status: 'text',
  severity: 'text',
  role: orNull('text'),
  causedBy: orNull('text'),
  title: 'text',
  message: 'text',
  evidence: list(evidence),
  why: 'text',
  fix: list(object<Fix>({ framework: 'text', text: 'text' })),
  effect: orNull(object<Effect>({ what: 'text', loss: 'text', before: 'number', after: 'number' })),
  reason: 'text',
});

const match = object<Match>({
  formula: 'text',
  spec: 'text',
  value: 'number',
  relativeError: 'number',
  departures: list('text'),
});

export const reported = object<Reported>({
  values: list(object<Reported['values'][number]>({ name: 'text', typed: 'text' })),
  matches: list(match),
  candidates: 'number',
  expectedChanceMatches: 'number',
  verdict: 'text',
  runnerUp: { orAbsent: match },
  compatible: {
    orAbsent: list(object<NonNullable<Reported['compatible']>[number]>({ formula: 'text', because: 'text' })),
  },
});

const oneCase = object<CaseReport>({
  id: 'text',
  prediction: object<CaseReport['prediction']>({
    path: 'text',
    dtype: 'text',
    shape: numbers,
    layout: 'text',
    activation: 'text',
    images: 'number',
    classes: 'number',
  }),
  target: object<CaseReport['target']>({
    path: 'text',
    dtype: 'text',
    shape: numbers,
    encoding: 'text',
    ignore: numbers,
    valid: 'number',
    ignored: 'number',
  }),
  assumptions: list(assumption),
  losses: list(loss),
  classes: list(classRow),
  verdicts: list(verdict),
  reported: orNull(reported),
});

/** The whole report: which fields there are, in which order, and which of them are numbers. */
export const reportSchema: Shape = object<Report>({
  schema: 'number',
  tool: object<Report['tool']>({ name: 'text', version: 'text' }),
  cases: list(oneCase),
  summary: object<Report['summary']>({
    cases: 'number',
    errors: 'number',
    warnings: 'number',
    notes: 'number',
    worst: orNull('text'),
    notChecked: 'number',
  }),
});
