import {
  type Answer,
  type Circumstances,
  type Effect,
  type Finding,
  InputError,
  type NotApplicable,
  type Repair,
  type Rule,
  type Severity,
  type Subject,
  type Verdict,
  type View,
  view,
  viewKey,
} from '../core/index.ts';
import { lossValue } from '../measure/evaluate.ts';
import type { Measurements, Request } from '../measure/measurements.ts';
import { formOf } from '../measure/wiring.ts';
import { type Mended, placedView } from './mended.ts';

/** Which rules are asked. */
export interface Selection {
  /** Only these; null for all. */
  readonly only: readonly string[] | null;
  readonly disabled: readonly string[];
}

/** Findings that any error explains: they say what a broken loss looks like, not what broke it. */
const usualConsequences = ['class-imbalance', 'no-better-than-prior', 'miscalibrated', 'loss-on-few-pixels'];

const ranks: Readonly<Record<Severity, number>> = { error: 2, warning: 1, note: 0 };

/** The reading of the file that rules see: probabilities, however the loss was wired. */
export function honestView(subject: Subject): View {
  const { activation } = subject.prediction;
  const form = formOf(activation);
  const scores = activation === 'scaled-by-255' ? 1 / 255 : 1;
  if (form === 'log-probabilities') return view(['exp']);
  if (form === 'probabilities') return view([], { logs: 'rounded', scores });
  return view([subject.kind === 'exclusive' ? 'softmax' : 'sigmoid']);
}

/** What the rules are asked about; `measurements` is null where the arrays do not meet. */
export interface Inquiry {
  readonly subject: Subject;
  readonly measurements: Measurements | null;
  /** Where they do not meet: the arrays made to fit, if they can be. */
  readonly mended: (() => Mended) | null;
  readonly circumstances: Circumstances;
  readonly selection: Selection;
  readonly repairs: readonly Repair[];
}

/** What must be swept before the rules can be asked of arrays that meet. */
export function ruleRequests(rules: readonly Rule[], subject: Subject, selection: Selection): Request[] {
  const under = honestView(subject);
  return rules
    .filter((rule) => isChosen(rule, selection) && obstacleTo(rule, subject) === null)
    .flatMap((rule) => Object.values(rule.needs))
    .flatMap((measure) => (measure === undefined ? [] : [{ measure, view: under }]));
}

function isChosen({ id }: Rule, { only, disabled }: Selection): boolean {
  return !disabled.includes(id) && (only === null || only.includes(id));
}

/** Asks every rule and orders the answers: causes, most likely root first; their consequences; the rest. */
export function judge(rules: readonly Rule[], inquiry: Inquiry): Verdict[] {
  inquiry.measurements?.prepare(ruleRequests(rules, inquiry.subject, inquiry.selection));
  const answers = rules.map((rule) => ({ rule, ...ask(rule, inquiry) }));
  const found = answers
    .flatMap(({ rule, finding }) => (finding === null ? [] : [{ rule, finding }]))
    .sort((a, b) => weight(b) - weight(a));
  const causes = new Map(found.map((it) => [it.rule.id, causeOf(it, found)]));
  const verdicts = found.map((it) => foundVerdict(it, causes.get(it.rule.id) ?? null, inquiry));
  return [
    ...verdicts.filter((it) => it.role === 'cause'),
    ...verdicts.filter((it) => it.role === 'consequence'),
    ...answers.flatMap(({ rule, finding, status, reason }) =>
      finding === null ? [plainVerdict(rule, status, reason)] : [],
    ),
  ];
}

interface Found {
  readonly rule: Rule;
  readonly finding: Finding;
}

function severityOf({ rule, finding }: Found): Severity {
  return finding.severity ?? rule.severity;
}

function weight(it: Found): number {
  return ranks[severityOf(it)] + 0.9 * (it.finding.strength ?? 0.5);
}

/** The finding that explains this one: the heaviest that names it, unless this one is heavier and explains that. */
function causeOf(it: Found, found: readonly Found[]): string | null {
  const explains = (a: Found, b: Found): boolean =>
    a.rule.explains.includes(b.rule.id) ||
    (usualConsequences.includes(b.rule.id) && (severityOf(a) === 'error' || a.rule.explains.includes('*')));
  const cause = found.find(
    (other) =>
      other !== it &&
      // A note says that something was read with care; it does not break anything.
      (severityOf(other) !== 'note' || severityOf(it) === 'note') &&
      explains(other, it) &&
      !(explains(it, other) && weight(it) > weight(other)),
  );
  return cause?.rule.id ?? null;
}

interface Asked {
  readonly status: Verdict['status'];
  readonly reason: string;
  readonly finding: Finding | null;
}

function ask(rule: Rule, inquiry: Inquiry): Asked {
  const { subject, measurements, circumstances, selection } = inquiry;
  const without = (status: Verdict['status'], reason: string): Asked => ({ status, reason, finding: null });
  if (!isChosen(rule, selection)) {
    return without('skipped', 'switched off (--rules, --disable)');
  }
  const obstacle = reasonNotToAsk(rule, inquiry);
  if (obstacle !== null) return without('not-applicable', obstacle);
  try {
    const mended = measurements === null && names(rule, subject) ? inquiry.mended?.() : undefined;
    const view = placedView(honestView(subject), mended?.placement ?? {});
    const values = (measurements ?? mended?.measurements)?.values(rule.needs, view) ?? {};
    const answer: Answer = rule.check(values, subject, circumstances);
    if (answer === undefined) return without('clear', '');
    if (isNotApplicable(answer)) return without('not-applicable', answer.notApplicable);
    return { status: 'found', reason: '', finding: answer };
  } catch (error) {
    // A file that can no longer be read is no fault of the rule.
    if (error instanceof InputError) throw error;
    return without('crashed', error instanceof Error ? error.message : String(error));
  }
}

function isNotApplicable(answer: Finding | NotApplicable): answer is NotApplicable {
  return 'notApplicable' in answer;
}

/** Why a rule cannot be asked. */
function reasonNotToAsk(
  rule: Rule,
  { subject, measurements, mended }: Pick<Inquiry, 'subject' | 'measurements' | 'mended'>,
): string | null {
  const obstacle = obstacleTo(rule, subject);
  if (obstacle !== null) return obstacle;
  const needy = Object.keys(rule.needs).length > 0 && !(mended !== null && names(rule, subject));
  return measurements === null && needy ? 'the arrays do not meet pixel by pixel' : null;
}

/** Something that a rule looks at and that cannot be read. */
function obstacleTo(rule: Rule, { obstacles }: Subject): string | null {
  const obstacle = obstacles.find(
    ({ blocks, rule: id }) => id !== rule.id && rule.looksAt.some((it) => blocks.includes(it)),
  );
  return obstacle === undefined ? null : `${obstacle.reason} (${obstacle.rule})`;
}

/** Whether a rule says what keeps the arrays apart. */
function names({ id }: Rule, { obstacles }: Subject): boolean {
  return obstacles.some(({ rule }) => rule === id);
}

function foundVerdict(it: Found, causedBy: string | null, inquiry: Inquiry): Verdict {
  const { rule, finding } = it;
  return {
    rule: rule.id,
    status: 'found',
    severity: severityOf(it),
    role: causedBy === null ? 'cause' : 'consequence',
    causedBy,
    title: finding.title ?? rule.title,
    message: finding.message,
    evidence: finding.evidence,
    why: finding.why ?? rule.explain.why,
    fix: rule.explain.fix,
    effect: finding.effect ?? measuredEffect(finding, inquiry),
    reason: '',
  };
}

function plainVerdict(rule: Rule, status: Verdict['status'], reason: string): Verdict {
  return {
    rule: rule.id,
    status,
    severity: rule.severity,
    role: null,
    causedBy: null,
    title: rule.title,
    message: '',
    evidence: [],
    why: '',
    fix: [],
    effect: null,
    reason,
  };
}

/** Applies the repair in memory and takes the loss again; null where there is no repair, or no loss to take. */
function measuredEffect(finding: Finding, inquiry: Inquiry): Effect | null {
  const { subject, circumstances, repairs } = inquiry;
  const request = finding.repair;
  if (request === undefined) return null;
  const mended = inquiry.measurements === null ? inquiry.mended?.() : undefined;
  const measurements = inquiry.measurements ?? mended?.measurements;
  const evaluation = mended?.evaluation ?? circumstances.losses[0];
  if (evaluation === undefined || measurements === undefined) return null;
  const repair = repairs.find((it) => it.id === request.repair);
  if (repair === undefined) throw new Error(`there is no repair ${request.repair}`);
  const repaired = repair.view(subject, evaluation, request);
  const defective = repair.before?.(subject, evaluation) ?? evaluation.wired;
  const unchanged = mended === undefined && viewKey(repaired) === viewKey(defective);
  if (unchanged || measurements.source.totals(repaired).unknown > 0) return null;
  const taken = (under: View): number => lossValue(evaluation.spec, measurements, under).value;
  const after = taken(repaired);
  if (Number.isNaN(after)) return null;
  const before = defective === evaluation.wired ? evaluation.value : taken(defective);
  return { what: repair.what(subject, evaluation, request), loss: evaluation.spec.text, before, after };
}
