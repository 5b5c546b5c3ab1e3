import { type Display, grouped } from '../core/index.ts';
import type { DescendedLoss, DescentReport } from '../descend/report.ts';
import { block, paragraph, type Row, stacked } from '../reporters/_block.ts';
import { headline } from '../reporters/_headline.ts';
import { cell, number, percent, score } from '../reporters/_numbers.ts';
import { type Page, pageFor } from '../reporters/_page.ts';
import { printable } from '../reporters/_printable.ts';
import { table } from '../reporters/_table.ts';
import { noticeSection, noticeSummary } from './notice-text.ts';
import { sparkline } from './sparkline.ts';

/** How far every loss fell, for people: what is wrong, what was done, the losses, the classes. */
export function descentText(report: DescentReport, display: Display): string {
  const page = pageFor(display);
  const clean = printable(report);
  const { findings, losses } = clean;
  const [first] = losses;
  if (first === undefined) return '';
  const calm = !findings.some(({ severity }) => severity !== 'note');
  const clear = calm ? headline('clear', `${first.spec} ${first.verdict}`, '', page) : [];
  if (display.quiet) {
    const found = findings.flatMap(({ severity, title, rule }) => headline(severity, title, rule, page));
    return `${[...clear, ...found].join('\n')}\n`;
  }
  const shown = page.verbose ? losses : losses.filter((it) => it === first || it.rank === 1);
  const lines = stacked([
    clear,
    ...findings.map((it) => noticeSection(it, page)),
    readSection(clean, page),
    lossSection(clean, page),
    verdictSection(losses, page),
    ...shown.map((it) => classSection(it, page)),
    [noticeSummary(findings)],
  ]);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** The loss as it was named, with an asterisk as wired; `mended` where a named loss is fed as it should be. */
function nameOf({ spec, declared, wiring }: DescendedLoss): string {
  return `${spec}${wiring === 'as-wired' ? ' *' : declared ? ', mended' : ''}`;
}

function readSection(report: DescentReport, page: Page): string[] {
  const { prediction, target, assumptions, sample } = report;
  const left = target.ignore.length > 0 ? `; ${target.ignore.join(', ')} ignored` : '';
  const doubtful = assumptions.filter(({ confidence }) => page.verbose || confidence !== 'sure');
  const files: Row[] = [
    {
      name: 'prediction',
      path: prediction.path,
      text: `${prediction.dtype} [${prediction.shape.join(', ')}] ${prediction.layout}, ${prediction.activation}`,
    },
    { name: 'target', path: target.path, text: `${target.dtype} [${target.shape.join(', ')}]${left}` },
  ];
  const assumed = doubtful.map(({ about, chosen, because, override, confidence }) => ({
    name: about,
    text: `${chosen} (${confidence}): ${because}${override ? `; ${override} overrides it` : ''}`,
  }));
  return [
    ...block('read', files, page),
    ...block('assumed', assumed, page),
    ...block('moved', [{ text: movedText(report) }], page),
    ...(sample.pixels === sample.of ? [] : block('sample', [{ text: sampleText(report) }], page)),
  ];
}

function movedText({ moved, steps, losses }: DescentReport): string {
  return losses.some(({ trace }) => trace.length > 1) ? `${moved}, ${steps} steps of plain gradient descent` : moved;
}

/** `every 2nd row, every 3rd column: 5,120 of 30,720 pixels`. */
function sampleText({ sample }: DescentReport): string {
  const { everyImage, everyPixel, pixels, of } = sample;
  const axes = ['slice', 'row', 'column'].slice(-everyPixel.length);
  const steps = [
    ...(everyImage > 1 ? [`every ${ordinal(everyImage)} image`] : []),
    ...everyPixel.flatMap((every, axis) => (every > 1 ? [`every ${ordinal(every)} ${axes[axis]}`] : [])),
  ];
  return `${steps.join(', ')}: ${grouped(pixels)} of ${grouped(of)} pixels; all numbers are of these`;
}

function ordinal(n: number): string {
  const tail = n % 100 > 10 && n % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${tail}`;
}

function lossSection({ losses, weakest, steps }: DescentReport, page: Page): string[] {
  const ofWeakest = (it: DescendedLoss) => (weakest === null ? undefined : it.classes[weakest.index]);
  const class_ = weakest === null ? '' : `class ${`${weakest.index} ${weakest.name}`.trim()}`;
  const right = { align: 'right', spare: true } as const;
  const lines = table(
    [
      { head: 'loss', cells: losses.map(nameOf), narrow: 'shorten' },
      { head: 'stored', cells: losses.map(({ start }) => cell(start)), align: 'right' },
      { head: `after ${steps}`, cells: losses.map(({ end }) => cell(end)), align: 'right' },
      { head: 'floor', cells: losses.map(({ floor }) => cell(floor)), ...right },
      { head: 'course', cells: losses.map(({ trace }) => (trace.length > 1 ? sparkline(trace, 8) : '')), spare: true },
      {
        head: weakest === null ? 'Dice' : `class ${weakest.index}\nDice`,
        cells: losses.map((it) => score(ofWeakest(it)?.dice.after ?? null)),
        align: 'right',
      },
      { head: 'half\nway', cells: losses.map(({ halfway }) => (halfway === null ? '-' : String(halfway))), ...right },
      { head: 'rank', cells: losses.map(({ rank }) => (rank === null ? '-' : String(rank))), align: 'right' },
    ],
    page,
  );
  const legend = [
    '* as the training code wires it; the others are fed what they are made for',
    ...(weakest === null
      ? []
      : [
          `Dice, half way: of ${class_}, the weakest (soft Dice ${score(weakest.dice)} as stored), after all steps, and how many it takes to cover half of what is missing; rank: by half way`,
        ]),
  ];
  return [...lines, ...legend.flatMap((text) => paragraph(text, page)).map(page.faint)];
}

function verdictSection(losses: readonly DescendedLoss[], page: Page): string[] {
  return table([{ cells: losses.map(nameOf) }, { cells: losses.map(({ verdict }) => verdict), narrow: 'wrap' }], page);
}

function classSection(loss: DescendedLoss, page: Page): string[] {
  const rows = loss.classes;
  const digits = Math.max(...rows.map(({ index }) => String(index).length));
  return table(
    [
      {
        head: `class, under\n${nameOf(loss)}`,
        cells: rows.map(({ index, name }) => `${String(index).padStart(digits)} ${name}`.trimEnd()),
        narrow: 'shorten',
      },
      { head: 'pixels', cells: rows.map(({ pixels }) => number(pixels)), align: 'right' },
      { head: 'share of\ngradient', cells: rows.map((it) => percent(it.gradientShare)), align: 'right' },
      { head: 'Dice\nbefore', cells: rows.map(({ dice }) => score(dice.before)), align: 'right' },
      { head: '\nafter', cells: rows.map(({ dice }) => score(dice.after)), align: 'right' },
      { head: 'recall\nbefore', cells: rows.map(({ recall }) => score(recall.before)), align: 'right' },
      { head: '\nafter', cells: rows.map(({ recall }) => score(recall.after)), align: 'right' },
      { head: '', cells: rows.map(({ moves }) => (moves === false ? 'never moves' : '')), spare: true },
    ],
    page,
  );
}
