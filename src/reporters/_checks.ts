import type { CaseReport, Status } from '../core/report.ts';
import { block, stacked } from './_block.ts';
import type { Page } from './_page.ts';
import { type Column, table } from './_table.ts';

const unanswered: readonly Status[] = ['crashed', 'skipped', 'not-applicable'];

/** Every check that found nothing, and every one that gave no answer with its reason. */
export function checkSection({ verdicts }: Pick<CaseReport, 'verdicts'>, page: Page): string[] {
  const silent = verdicts.filter(({ status, reason }) => status === 'clear' && !reason);
  const explained = verdicts.filter(({ status, reason }) => status === 'clear' && reason);
  const rows = [...explained, ...unanswered.flatMap((wanted) => verdicts.filter(({ status }) => status === wanted))];
  const list = silent.map(({ rule }) => rule).join(', ');
  const columns: readonly Column[] = [
    { cells: rows.map(({ status }) => status.replace('-', ' ')) },
    { cells: rows.map(({ rule }) => rule), narrow: 'wrap' },
    { cells: rows.map(({ reason }) => reason), narrow: 'wrap' },
  ];
  return stacked([block('clear', [{ text: list }], page), rows.length > 0 ? table(columns, page) : []]);
}
