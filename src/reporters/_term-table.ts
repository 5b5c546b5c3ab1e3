import type { CaseReport, ReportedLoss, ReportedTerm } from '../core/report.ts';
import { paragraph, stacked } from './_block.ts';
import { cell, number, percent } from './_numbers.ts';
import type { Page } from './_page.ts';
import { type Column, table } from './_table.ts';

const legend = 'cosine: 1 where two terms pull the same way, -1 where against each other';

/** What each term of a declared sum adds to the value, and how it pulls beside the others. */
export function termTables({ losses }: CaseReport, page: Page): string[] {
  const sums = losses.filter(({ declared, terms }) => declared && terms !== null && terms.length > 1);
  if (sums.length === 0) return [];
  return [
    ...stacked(sums.map((loss) => termTable(loss, sums.length > 1 ? `terms of ${loss.spec}` : 'term', page))),
    ...paragraph(legend, page).map(page.faint),
  ];
}

function termTable({ terms }: ReportedLoss, head: string, page: Page): string[] {
  const all = terms ?? [];
  const parts = all.map(({ factor, value }) => factor * value);
  const size = parts.reduce((sum, part) => sum + Math.abs(part), 0);
  const right = (head: string, text: (term: ReportedTerm, at: number) => string): Column => ({
    head,
    cells: all.map(text),
    align: 'right',
    spare: true,
  });
  return table(
    [
      { head, cells: all.map(nameOf), narrow: 'shorten' },
      right('adds', (_, at) => cell(parts[at] ?? null)),
      right('share of\nvalue', (_, at) => percent(Math.abs(parts[at] ?? 0) / size)),
      right('gradient', ({ gradient }) => cell(gradient?.l2 ?? null)),
      right('share of\ngradient', ({ gradient }) => percent(gradient?.share ?? null)),
      ...others(all).map((k) =>
        right(all.length === 2 ? 'cosine' : `cosine\nto ${k + 1}`, ({ gradient }, at) =>
          at === k && all.length > 2 ? '-' : cosine(gradient?.cosines[all.length === 2 ? 1 - at : k]),
        ),
      ),
    ],
    page,
  );
}

/** The terms whose angles make a column: two terms have one angle between them. */
function others(terms: readonly ReportedTerm[]): number[] {
  return terms.length === 2 ? [0] : [...terms.keys()];
}

function nameOf({ spec, factor }: ReportedTerm, at: number, all: readonly ReportedTerm[]): string {
  const name = factor === 1 ? spec : `${number(factor)} * ${spec}`;
  return all.length === 2 ? name : `${at + 1} ${name}`;
}

function cosine(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(2);
}
