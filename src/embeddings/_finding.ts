import { type Evidence, grouped, type Notice, type Question, type Severity } from '../core/index.ts';
import type { AngleSums } from '../kernels/index.ts';
import type { EmbeddingEvaluation } from './_evaluate.ts';
import type { Opened } from './_features.ts';

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
  { id, title }: Question,
  severity: Severity,
  message: string,
  evidence: readonly Evidence[] = [],
): Notice {
  return { rule: id, severity, title, message, evidence };
}

/** `1 pixel`, `2,000 pixels`. */
export function counted(amount: number, noun: string): string {
  return `${grouped(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Three significant digits. */
export function brief(value: number): string {
  return String(Number(value.toPrecision(3)));
}
