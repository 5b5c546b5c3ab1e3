import { type Evidence, grouped, type Severity } from '../core/index.ts';
import type { AngleSums } from '../kernels/index.ts';
import type { EmbeddingEvaluation } from './_evaluate.ts';
import type { Opened } from './_features.ts';

export interface EmbeddingFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  /** Found, in numbers; allowed; what to do. */
  readonly message: string;
  readonly evidence: readonly Evidence[];
}

/** What the checks are asked about. */
export interface Circumstances {
  readonly set: Opened;
  readonly angles: AngleSums;
  readonly losses: readonly EmbeddingEvaluation[];
  /** True when the losses were named; without that, what only concerns a loss is a note. */
  readonly declared: boolean;
}

/** Puts a finding together. */
export function finding(
  rule: string,
  severity: Severity,
  title: string,
  message: string,
  evidence: readonly Evidence[] = [],
): EmbeddingFinding {
  return { rule, severity, title, message, evidence };
}

/** `1 pixel`, `2,000 pixels`. */
export function counted(amount: number, noun: string): string {
  return `${grouped(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Three significant digits. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(3)));
}
