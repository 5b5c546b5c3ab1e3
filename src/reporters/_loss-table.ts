import type { CaseReport } from '../core/report.ts';
import { paragraph } from './_block.ts';
import { cell } from './_numbers.ts';
import type { Page } from './_page.ts';
import { table } from './_table.ts';

const legend = [
  'uniform, prior: the cost of knowing nothing, or only how frequent classes are',
  'floor: the lowest value that can be reached as it is wired; gradient: L2 norm',
];

/** Every loss with what puts its value into perspective. */
export function lossTable({ losses }: CaseReport, page: Page): string[] {
  if (losses.length === 0) return [];
  const wide = page.width >= 100;
  const declared = losses.some((loss) => loss.declared);
  const lines = table(
    [
      { head: 'loss', cells: losses.map((loss) => `${loss.spec}${loss.declared ? ' *' : ''}`), narrow: 'shorten' },
      { head: 'value', cells: losses.map(({ value }) => cell(value)), align: 'right' },
      { head: 'uniform', cells: losses.map(({ uniform }) => cell(uniform)), align: 'right', spare: true },
      { head: 'prior', cells: losses.map(({ prior }) => cell(prior)), align: 'right', spare: true },
      { head: 'floor', cells: losses.map(({ floor }) => cell(floor)), align: 'right', spare: true },
      {
        head: 'gradient',
        cells: losses.map(({ gradient }) => cell(gradient?.l2 ?? null)),
        align: 'right',
        spare: true,
      },
      ...(wide
        ? [
            {
              head: 'largest\nentry',
              cells: losses.map(({ gradient }) => cell(gradient?.max ?? null)),
              align: 'right' as const,
              spare: true,
            },
          ]
        : []),
    ],
    page,
  );
  const notes = [...(declared ? ['* the loss named with --loss'] : []), ...legend].flatMap((note) =>
    paragraph(note, page),
  );
  return [...lines, ...notes.map(page.faint)];
}
