import type { Notice } from '../core/index.ts';
import { paragraph, stacked } from '../reporters/_block.ts';
import { headline } from '../reporters/_headline.ts';
import { counted, number } from '../reporters/_numbers.ts';
import type { Page } from '../reporters/_page.ts';
import { sentences } from '../reporters/_sentences.ts';
import { table } from '../reporters/_table.ts';

/** A finding of a command that has no catalogue of rules: what was found, and for errors the numbers behind it. */
export function noticeSection({ severity, title, rule, message, evidence }: Notice, page: Page): string[] {
  const top = headline(severity, title, rule, page);
  const body = paragraph(sentences(message), page);
  if (severity !== 'error' || evidence.length === 0) return [...top, ...body];
  const plain = (value: number | string): string => (typeof value === 'number' ? number(value) : value);
  const columns = [
    { cells: evidence.map(({ label }) => label), narrow: 'wrap' as const },
    { cells: evidence.map(({ value }) => plain(value)) },
    { cells: evidence.map(({ limit }) => (limit === undefined ? '' : `(limit ${plain(limit)})`)) },
  ];
  return stacked([top, body, table(columns, page, 4)]);
}

/** `1 error, 2 warnings`. */
export function noticeSummary(findings: readonly Pick<Notice, 'severity'>[]): string {
  const parts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((it) => it.severity === severity).length;
    return count === 0 ? [] : [counted(count, severity)];
  });
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}
