import { grouped } from '../core/grouped.ts';
import type { CaseReport, ReportedClass } from '../core/report.ts';
import { paragraph } from './_block.ts';
import { cell, percent, score } from './_numbers.ts';
import type { Page } from './_page.ts';
import { type Column, table } from './_table.ts';

const many = 25;
const shown = 12;

/** How each class fares, and how much of the loss and of the gradient is due to it. */
export function classTable({ classes }: CaseReport, page: Page): string[] {
  if (classes.length === 0) return [];
  const rows = classes.length > many && !page.verbose ? costliest(classes) : classes;
  const rest = classes.length - rows.length;
  const digits = Math.max(...rows.map(({ index }) => String(index).length));
  const right = (head: string, text: (row: ReportedClass) => string): Column => ({
    head,
    cells: rows.map(text),
    align: 'right',
    spare: true,
  });
  const lines = table(
    [
      {
        head: 'class',
        cells: rows.map(({ index, name }) => `${String(index).padStart(digits)} ${name}`.trimEnd()),
        narrow: 'shorten',
      },
      ...(page.width >= 100 ? [right('count', ({ pixels }) => grouped(pixels))] : []),
      right('pixels', ({ frequency }) => percent(frequency)),
      right('predicted', ({ predicted }) => percent(predicted)),
      right('Dice', ({ dice }) => score(dice)),
      right('IoU', ({ iou }) => score(iou)),
      right('share of\nloss', ({ lossShare }) => percent(lossShare)),
      right('share of\ngradient', ({ gradientShare }) => percent(gradientShare)),
      ...(rows.some(({ weight }) => weight !== null) ? [right('weight', ({ weight }) => cell(weight))] : []),
    ],
    page,
  );
  if (rest === 0) return lines;
  const note = `the ${shown} classes with the largest share of the loss; ${rest} more with --verbose`;
  return [...lines, ...paragraph(note, page).map(page.faint)];
}

/** The classes that cost most; where the shares are unknown, those with most pixels. */
function costliest(classes: readonly ReportedClass[]): ReportedClass[] {
  const cost = ({ lossShare }: ReportedClass) => (Number.isFinite(lossShare) ? Number(lossShare) : -Number.MAX_VALUE);
  return classes
    .toSorted((a, b) => Math.sign(cost(b) - cost(a)) || b.pixels - a.pixels || a.index - b.index)
    .slice(0, shown);
}
