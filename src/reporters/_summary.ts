import { grouped } from '../core/grouped.ts';
import type { Report, Status } from '../core/report.ts';
import { counted } from './_numbers.ts';
import type { Page } from './_page.ts';
import { columns, wrap } from './_wrap.ts';

/** What the whole run came to, in one line. */
export function summarySection({ cases, summary }: Report, page: Page): string[] {
  const verdicts = cases.flatMap((one) => one.verdicts);
  const count = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length;
  const { errors, warnings, notes } = summary;
  const findings = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(notes > 0 ? [counted(notes, 'note')] : []),
  ];
  const others = [
    `${counted(count('clear'), 'check')} clear`,
    ...(count('not-applicable') > 0 ? [`${grouped(count('not-applicable'))} not applicable`] : []),
    ...(count('skipped') > 0 ? [`${grouped(count('skipped'))} skipped`] : []),
    ...(count('crashed') > 0 ? [`${grouped(count('crashed'))} crashed`] : []),
  ];
  const total = cases.length === 1 ? '' : `${counted(cases.length, 'case')}: `;
  const text = total + [...(findings.length > 0 ? findings : ['no findings']), ...others].join(', ');
  const hints = page.verbose ? [] : [' (--verbose lists them)', ' (--verbose)'];
  const hint = hints.find((words) => columns(text + words) <= page.width) ?? '';
  return wrap(text + hint, page.width);
}
