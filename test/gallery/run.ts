/** Puts every defect into a situation of its own, at three levels, and asks lossprobe what is wrong with it and with its healthy twin. */
import type { Verdict } from '../../src/core/index.ts';
import { diagnose, rules } from '../../src/index.ts';
import type { Ask, Defect, Level } from './defects/_defect.ts';
import { type Draft, plain } from './drafts.ts';
import { exports } from './exports.ts';
import { type Random, seedOf } from './random.ts';
import { type Kind, type Situation, situation } from './situations.ts';

/** What became of one broken case. */
export interface Broken {
  readonly defect: Defect;
  readonly kind: Kind;
  readonly level: Level;
  /** Scene, network and how it was stored. */
  readonly name: string;
  /** The first finding; an error message where there was no report; null where nothing was found. */
  readonly first: string | null;
  readonly verdict: 'named' | 'missed' | 'no rule yet';
}

/** What became of a healthy one. */
export interface Healthy {
  readonly name: string;
  readonly kind: Kind;
  readonly skill: string;
  readonly stored: string;
  readonly findings: readonly Verdict[];
  /** Errors among them, crashed rules, or the message of a run that gave no report. */
  readonly alarms: readonly string[];
}

export interface Results {
  readonly broken: readonly Broken[];
  readonly healthy: readonly Healthy[];
}

const ask: Ask = {
  value(draft) {
    const [report] = diagnose(draft.prediction, draft.target, { ...draft.options, rules: [], table: 'none' }).cases;
    return Number(report?.losses[0]?.value ?? Number.NaN);
  },
  printed: (value, digits = 6) => value.toPrecision(digits),
};

export function runGallery(defects: readonly Defect[]): Results {
  const pairs = defects.flatMap((defect) =>
    defect.kinds.flatMap((kind) => ([0, 1, 2] as const).flatMap((level) => runPair(defect, kind, level))),
  );
  return { broken: pairs.map((it) => it.broken), healthy: pairs.map((it) => it.healthy) };
}

/** One broken case and its twin; none where no situation can have the defect. */
function runPair(defect: Defect, kind: Kind, level: Level): { broken: Broken; healthy: Healthy }[] {
  for (let attempt = 0; attempt < 15; attempt++) {
    const s = situation(kind, defect.wanted ?? {}, seedOf(defect.name), seedOf(kind), level, attempt);
    if (s === null) return [];
    const draft = defect.make(s, level, ask);
    if (draft !== null) return [{ broken: runBroken(defect, s, level, draft), healthy: runHealthy(s) }];
  }
  return [];
}

function runHealthy(s: Situation): Healthy {
  const { stored, draft } = anyExport(s, s.random);
  const { findings, failure } = findingsOf(draft);
  const alarms = findings
    .filter((it) => it.status === 'crashed' || it.severity === 'error')
    .map((it) => `${it.rule}: ${it.message || it.reason}`);
  return {
    name: s.name,
    kind: s.kind,
    skill: s.skill,
    stored,
    findings: findings.filter((it) => it.status === 'found'),
    alarms: failure === null ? alarms : [failure],
  };
}

function anyExport(s: Situation, random: Random): { stored: string; draft: Draft } {
  for (const at of random.order(exports.length)) {
    const draft = exports[at]?.make(s) ?? null;
    if (draft !== null) return { stored: `${exports[at]?.name}, ${draft.options.loss ?? 'no loss'}`, draft };
  }
  throw new Error('no way to store this situation');
}

function runBroken(defect: Defect, s: Situation, level: Level, draft: Draft): Broken {
  const { findings, failure } = findingsOf(draft);
  const severity = rules.find((it) => it.id === defect.rule)?.severity;
  // Beside a warning or note, what the same arrays earn without the defect, under the same loss, does not count.
  const loss = [draft.options.loss ?? []].flat()[0]?.replace(/:[^ ]*/g, '');
  const known = severity === 'error' ? [] : findingsOf(plain(s, loss)).findings.map((it) => it.rule);
  const [first] = findings.filter(
    (it) => it.status === 'found' && (it.rule === defect.rule || !known.includes(it.rule)),
  );
  const named = first !== undefined && [defect.rule, ...(defect.or ?? [])].includes(first.rule);
  return {
    defect,
    kind: s.kind,
    level,
    name: s.name,
    first: failure ?? first?.rule ?? null,
    verdict: named ? 'named' : severity === undefined ? 'no rule yet' : 'missed',
  };
}

function findingsOf({ prediction, target, options }: Draft): { findings: readonly Verdict[]; failure: string | null } {
  try {
    const [report] = diagnose(prediction, target, { ...options, table: 'none' }).cases;
    const told = report?.verdicts.filter((it) => it.status === 'found' || it.status === 'crashed') ?? [];
    return { findings: told, failure: null };
  } catch (error) {
    return { findings: [], failure: error instanceof Error ? error.message : String(error) };
  }
}
