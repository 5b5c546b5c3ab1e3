import type { CaseReport, Report } from '../core/report.ts';
import type { Display, Reporter } from '../core/reporter.ts';
import { stacked } from './_block.ts';
import { checkSection } from './_checks.ts';
import { classTable } from './_class-table.ts';
import { crashSection, findingSection } from './_findings.ts';
import { allClear, headline, standingLines } from './_headline.ts';
import { lossTable } from './_loss-table.ts';
import { type Page, pageFor } from './_page.ts';
import { printable } from './_printable.ts';
import { readSection } from './_read.ts';
import { reportedSection } from './_reported.ts';
import { storiesOf } from './_stories.ts';
import { summarySection } from './_summary.ts';
import { termTables } from './_term-table.ts';
import { whereSection } from './_where.ts';
import { columns, shorten } from './_wrap.ts';

/** The screen: what is wrong first, then why and what to do, then the tables. */
export const terminal: Reporter = {
  id: 'terminal',
  about: 'the findings, the numbers behind them and the tables, for people',
  mime: 'text/plain',
  render(report: Report, display: Display): string {
    const clean = printable(report);
    const page = pageFor(display);
    const cases = clean.cases.map((one, i) => {
      const body = display.quiet ? headlines(one, page) : sections(one, page, display.tablesOnly === true);
      return clean.cases.length > 1 ? [heading(one.id, i, clean.cases.length, page), ...body] : body;
    });
    if (cases.length === 0) cases.push(headline('unknown', 'there was no case to look at', '', page));
    const summary = display.tablesOnly === true ? [] : summarySection(clean, page);
    const lines = display.quiet ? cases.flat() : stacked([...cases, summary]);
    return `${tidy(lines).join('\n')}\n`;
  },
};

/** No spaces at the ends of lines, and never two empty lines in a row. */
function tidy(lines: readonly string[]): string[] {
  const trimmed = lines.map((line) => line.trimEnd());
  return trimmed.filter((line, i) => line !== '' || trimmed[i - 1] !== '');
}

function sections(report: CaseReport, page: Page, tablesOnly: boolean): string[] {
  const tables = [lossTable(report, page), termTables(report, page), classTable(report, page)];
  if (tablesOnly) return stacked([readSection(report, page), ...tables]);
  const stories = storiesOf(report.verdicts);
  const loud = stories.filter(({ cause }) => cause.severity !== 'note');
  const quiet = stories.filter(({ cause }) => cause.severity === 'note');
  return stacked([
    ...(isCalm(report) ? [[...allClear(report, page), ...standingLines(report, page)]] : []),
    ...loud.map((story) => findingSection(story, page)),
    quiet.flatMap((story) => findingSection(story, page)),
    ...crashes(report).map((verdict) => crashSection(verdict, page)),
    readSection(report, page),
    reportedSection(report, page),
    ...tables,
    whereSection(report, page),
    ...(page.verbose ? [checkSection(report, page)] : []),
  ]);
}

function headlines(report: CaseReport, page: Page): string[] {
  return [
    ...(isCalm(report) ? allClear(report, page) : []),
    ...storiesOf(report.verdicts).flatMap(({ cause }) => headline(cause.severity, cause.title, cause.rule, page)),
    ...crashes(report).flatMap(({ rule }) => headline('unknown', 'this check crashed', rule, page)),
  ];
}

/** Neither an error nor a warning was found. Notes alone are no reason to hide that. */
function isCalm({ verdicts }: CaseReport): boolean {
  return !verdicts.some(({ status, severity }) => status === 'found' && severity !== 'note');
}

function crashes({ verdicts }: CaseReport): CaseReport['verdicts'] {
  return verdicts.filter(({ status }) => status === 'crashed');
}

/** `-- train_03 (2 of 3) -----`, to the right margin. */
function heading(id: string, index: number, total: number, page: Page): string {
  const place = ` (${index + 1} of ${total}) `;
  const name = `-- ${shorten(id, page.width - place.length - 6)}${place}`;
  return page.strong(name + '-'.repeat(page.width - columns(name)));
}
