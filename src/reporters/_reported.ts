import { grouped } from '../core/grouped.ts';
import type { CaseReport, Match, Reported } from '../core/report.ts';
import { block } from './_block.ts';
import { counted, number } from './_numbers.ts';
import type { Page } from './_page.ts';
import { table } from './_table.ts';

const shown = 5;

/** What the number from the training log turned out to be. */
export function reportedSection({ reported }: CaseReport, page: Page): string[] {
  if (!reported) return [];
  const { matches, candidates, expectedChanceMatches } = reported;
  const tried = `${counted(candidates, 'formula')} tried; ${number(expectedChanceMatches, 2)} would match by chance`;
  const lines = block('reported', [{ text: `${sentence(reported)} (${tried})` }], page);
  const worthTable = matches.length > 1 || matches.some(({ departures }) => departures.length > 0);
  if (!worthTable) return lines;
  const listed = page.verbose ? matches : matches.slice(0, shown);
  const rest = matches.length - listed.length;
  const more = rest > 0 ? [`    ${page.faint(`and ${grouped(rest)} more (--verbose)`)}`] : [];
  return [...lines, ...matchTable(listed, page), ...more];
}

function sentence({ values, matches, verdict }: Reported): string {
  const typed = values.map((value) => (values.length > 1 ? `${value.name} ${value.typed}` : value.typed)).join(', ');
  const first = matches[0]?.spec ?? 'a formula';
  switch (verdict) {
    case 'declared':
      return `${typed} is the value of ${first}, as declared: the number itself is right`;
    case 'explained':
      return `${typed} is the value of ${first}${departed(matches[0])}`;
    case 'ambiguous':
      return `${typed} fits ${counted(matches.length, 'formula')}; more digits, or --loss, would decide`;
    case 'unexplained':
      return `${typed} fits no formula; augmented data, or another batch than these files, would be why`;
    case 'too-few-digits':
      return `${typed} has too few digits to tell; copy all digits that the log has`;
  }
}

/** What the best match changes, where its spelling does not show it. */
function departed(match: Match | undefined): string {
  return match === undefined || match.departures.length === 0 ? '' : `: ${match.departures.join(', ')}`;
}

function matchTable(matches: readonly Match[], page: Page): string[] {
  return table(
    [
      { head: 'formula', cells: matches.map(({ spec }) => spec), narrow: 'shorten' },
      { head: 'value', cells: matches.map(({ value }) => number(value)), align: 'right' },
      {
        head: 'off by',
        cells: matches.map(({ relativeError }) => number(relativeError, 2)),
        align: 'right',
        spare: true,
      },
      {
        head: 'differs from the declared loss in',
        cells: matches.map(({ departures }) => departures.join(', ')),
        narrow: 'wrap',
      },
    ],
    page,
    4,
  );
}
