import type { CaseReport, ReportedClass, ReportedLoss } from '../core/report.ts';
import { paragraph } from './_block.ts';
import { cell, percent } from './_numbers.ts';
import type { Page } from './_page.ts';
import { table } from './_table.ts';

const legend = [
  'uniform, prior: the cost of knowing nothing, or only how frequent classes are',
  'floor: the lowest value that can be reached as it is wired; gradient: L2 norm',
];

/** Every loss with what puts its value into perspective. */
export function lossTable({ losses, classes }: CaseReport, page: Page): string[] {
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
  return [...lines, ...notes.map(page.faint), ...saturation(losses[0], classes, page)];
}

/** Above this the largest gradients stand out from what counts as none. */
const noticeable = 1e-5;
/** Fewer mistakes than this need no gradient. */
const fewWrong = 0.05;

/** Said only where at least half of the wrong pixels are among those that get no gradient to speak of. */
function saturation(loss: ReportedLoss | undefined, classes: readonly ReportedClass[], page: Page): string[] {
  const { max = 0, vanishing = 0 } = loss?.gradient ?? {};
  const wrong = wrongShare(classes);
  if (!(max > noticeable && wrong > fewWrong && vanishing > 1 - wrong / 2)) return [];
  const text = `${percent(vanishing)} of the pixels get no gradient (below 1e-6) from ${loss?.spec}; ${percent(wrong)} are wrong`;
  return paragraph(text, page);
}

/** Share of the pixels that are decided wrongly; NaN where classes overlap. */
function wrongShare(classes: readonly ReportedClass[]): number {
  const total = classes.reduce((sum, { frequency }) => sum + frequency, 0);
  const right = classes.reduce(
    (sum, { dice, frequency, predicted }) => sum + ((dice ?? 0) * (frequency + (predicted ?? 0))) / 2,
    0,
  );
  return Math.abs(total - 1) < 1e-6 ? 1 - right : Number.NaN;
}
