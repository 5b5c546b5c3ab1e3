import type { Display, Report } from '../core/index.ts';
import { block, paragraph, stacked } from '../reporters/_block.ts';
import { number } from '../reporters/_numbers.ts';
import { type Page, pageFor } from '../reporters/_page.ts';
import { printable } from '../reporters/_printable.ts';
import { readSection } from '../reporters/_read.ts';
import { rankedTable, reportedText } from '../reporters/_reported.ts';
import type { Identified } from './identify.ts';

/** What the arrays are, and which formulas give the number on them. */
export function reportText(report: Report, display: Display): string {
  const page = pageFor(display);
  const sections = printable(report).cases.flatMap((it) => [
    readSection(it, page),
    it.reported === null
      ? paragraph('The arrays do not meet pixel by pixel: no loss can be taken of them.', page)
      : reportedText(it.reported, page, 'augmented data, or another batch than these files, would be why'),
    it.reported === null ? [] : rankedTable(it.reported, page),
  ]);
  return text(stacked(sections));
}

/** What a bare number is, or the curve that it was taken from. */
export function identifyText({ curve, reported }: Identified, display: Display): string {
  const page = pageFor(display);
  const hint = 'name prediction and target as well, and every formula is tried on them';
  return text(
    stacked([
      curve === null ? [] : curveLines(curve, page),
      reported === null ? [] : reportedText(reported, page, hint),
      reported === null || reported.matches.length < 2 ? [] : rankedTable(reported, page),
    ]),
  );
}

function text(lines: readonly string[]): string {
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function curveLines(curve: NonNullable<Identified['curve']>, page: Page): string[] {
  const { column, steps, first, last, lowest } = curve;
  const facts = `${column}, ${steps} values: from ${number(first, 5)} to ${number(last, 5)}, lowest ${number(lowest, 5)}`;
  return block('curve', [{ text: facts }, { text: course(curve) }], page);
}

function course({ course: kind, notFinite, plateau, period, lowest, last }: NonNullable<Identified['curve']>): string {
  switch (kind) {
    case 'not-finite':
      return `not a number from value ${(notFinite ?? 0) + 1} on: export prediction and target of that step, or of the one before`;
    case 'diverging':
      return `diverges: it ends at ${number(last, 5)}, well above its lowest stretch; lower the learning rate, or clip gradients`;
    case 'oscillating':
      return `swings with a period of about ${period} values without falling: a learning rate that is too high, or batches of two kinds`;
    case 'plateau':
      return (
        `at rest at ${number(plateau?.level ?? Number.NaN, 6)} from value ${(plateau?.from ?? 0) + 1} on` +
        (lowest > 0 ? '; if it cannot fall further although it is wrong, the number says why' : '')
      );
    case 'falling':
      return 'still moving: no level to identify yet';
    case 'too-short':
      return 'too short to tell its course; eight values are needed';
  }
}
