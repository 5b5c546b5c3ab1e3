import type { Effect, Evidence, Verdict } from '../core/report.ts';
import { block, paragraph, stacked } from './_block.ts';
import { headline, subheadline } from './_headline.ts';
import { number } from './_numbers.ts';
import type { Page } from './_page.ts';
import { sentences } from './_sentences.ts';
import type { Story } from './_stories.ts';
import { table } from './_table.ts';
import { cut } from './_wrap.ts';

/** A defect, told as fully as it deserves: errors and warnings at length, notes in two lines. */
export function findingSection({ cause, consequences }: Story, page: Page): string[] {
  const top = headline(cause.severity, cause.title, cause.rule, page);
  const bottom = consequenceLines(consequences, page);
  if (cause.severity === 'note' && !page.verbose) {
    const message =
      cause.message && cause.message !== cause.title ? [`  ${cut(sentences(cause.message), page.prose - 2)}`] : [];
    return [...top, ...message, ...bottom];
  }
  const message = paragraph(sentences(cause.message), page);
  const evidence = evidenceTable(cause.evidence, page);
  const advice = [
    ...(cause.effect ? block('repair', [{ text: effectText(cause.effect) }], page) : []),
    ...block('why', [{ text: cause.why }], page),
    ...block(
      'fix',
      cause.fix.map(({ framework, text }) => ({ name: framework, text })),
      page,
    ),
  ];
  if (cause.severity === 'note') return [...top, ...message, ...evidence, ...advice, ...bottom];
  // Commands with questions of their own have no page on them.
  const more = cause.why === '' ? [] : block('more', [{ text: `lossprobe explain ${cause.rule}` }], page);
  return stacked([top, message, evidence, [...advice, ...more], bottom]);
}

/** A check that threw instead of answering. */
export function crashSection({ rule, reason }: Verdict, page: Page): string[] {
  return [...headline('unknown', 'this check crashed and gave no answer', rule, page), ...paragraph(reason, page)];
}

/** The numbers that support a finding, each with the limit it was held against. */
function evidenceTable(evidence: readonly Evidence[], page: Page): string[] {
  if (evidence.length === 0) return [];
  return table(
    [
      { cells: evidence.map(({ label }) => label), narrow: 'wrap' },
      {
        cells: evidence.map(({ value, unit }) => [plain(value, unit), unit].filter(Boolean).join(' ')),
        narrow: 'wrap',
      },
      { cells: evidence.map(({ limit, unit }) => limitText(limit, unit)), narrow: 'wrap' },
    ],
    page,
    4,
  );
}

function effectText({ what, loss, before, after }: Effect): string {
  return `${what}: ${loss} ${number(before)} -> ${number(after)}, measured on these files`;
}

function consequenceLines(consequences: readonly Verdict[], page: Page): string[] {
  if (consequences.length === 0) return [];
  return [`  ${page.faint('this also explains')}`, ...consequences.map((verdict) => subheadline(verdict, page, 4))];
}

function limitText(limit: Evidence['limit'], unit: string | undefined): string {
  if (limit === undefined) return '';
  return typeof limit === 'number' ? `(limit ${plain(limit, unit)})` : `(limit: ${limit})`;
}

/** Shares do not need six digits. */
function plain(value: number | string, unit: string | undefined): string {
  return typeof value === 'number' ? number(value, unit?.startsWith('%') ? 4 : 6) : value;
}
