import type { Display } from '../core/index.ts';
import { block, paragraph, type Row, stacked } from '../reporters/_block.ts';
import { checkSection } from '../reporters/_checks.ts';
import { findingSection } from '../reporters/_findings.ts';
import { headline } from '../reporters/_headline.ts';
import { cell, counted, number, percent, score } from '../reporters/_numbers.ts';
import { type Page, pageFor } from '../reporters/_page.ts';
import { printable } from '../reporters/_printable.ts';
import { table } from '../reporters/_table.ts';
import type { TrendReport } from '../trend/report.ts';
import { noticeSummary } from './notice-text.ts';
import { sparkline } from './sparkline.ts';

/** How a network changed, for people: what is wrong, the checkpoints, the losses, the classes. */
export function trendText(report: TrendReport, display: Display): string {
  const page = pageFor(display);
  const clean = printable(report);
  const { verdicts } = clean;
  const found = verdicts.filter(({ status }) => status === 'found');
  const calm = !found.some(({ severity }) => severity !== 'note');
  const clear = calm ? headline('clear', standing(clean), '', page) : [];
  if (display.quiet) {
    const lines = found.flatMap(({ severity, title, rule }) => headline(severity, title, rule, page));
    return `${[...clear, ...lines].join('\n')}\n`;
  }
  const lines = stacked([
    clear,
    ...found.map((cause) => findingSection({ cause, consequences: [] }, page)),
    readSection(clean, page),
    courseSection(clean, page),
    modesSection(clean, page),
    classSection(clean, page),
    ...(page.verbose ? [checkSection(clean, page)] : []),
    [summary(clean)],
  ]);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** `ce 1.2947 -> 0.60246 over 3 checkpoints`. */
function standing({ losses, checkpoints, modes }: TrendReport): string {
  const [loss] = losses;
  if (loss === undefined || checkpoints.length === 0) {
    const gap = modes === null ? '' : `: p differs by ${number(modes.change.mean, 3)} on average`;
    return `training and evaluation mode agree${gap}`;
  }
  const [first = Number.NaN, last = Number.NaN] = [loss.values[0], loss.values.at(-1)];
  return `${loss.spec} ${number(first, 5)} -> ${number(last, 5)} over ${checkpoints.length} checkpoints`;
}

function readSection({ target, checkpoints, modes }: TrendReport, page: Page): string[] {
  const left = target.ignore.length > 0 ? `; ${target.ignore.join(', ')} ignored` : '';
  const rows: Row[] = [
    ...checkpoints.map(({ path, dtype, shape, layout, activation }, k) => ({
      name: `checkpoint ${k + 1}`,
      path,
      text: `${dtype} [${shape.join(', ')}] ${layout}, ${activation}`,
    })),
    ...(modes === null
      ? []
      : [
          { name: 'training mode', text: modes.train.path },
          { name: 'evaluation mode', text: modes.eval.path },
        ]),
    { name: 'target', path: target.path, text: `${target.dtype} [${target.shape.join(', ')}]${left}` },
  ];
  return block('read', rows, page);
}

/** One row per loss, and one for how far the output moved. */
function courseSection({ losses, checkpoints }: TrendReport, page: Page): string[] {
  if (checkpoints.length === 0) return [];
  const moved = checkpoints.flatMap(({ change }) => (change === null ? [] : [change.rms]));
  const rows = [
    ...losses.map(({ spec, declared, values, prior, floor }) => ({
      name: `${spec}${declared ? ' *' : ''}`,
      values,
      prior,
      floor,
    })),
    { name: 'change of p (RMS)', values: moved, prior: null, floor: null },
  ];
  const right = { align: 'right' } as const;
  const lines = table(
    [
      { head: '', cells: rows.map(({ name }) => name), narrow: 'shorten' },
      { head: 'first', cells: rows.map(({ values }) => cell(values[0] ?? null)), ...right },
      { head: 'last', cells: rows.map(({ values }) => cell(values.at(-1) ?? null)), ...right },
      {
        head: 'lowest',
        cells: rows.map(({ values }) => cell(Math.min(...values.filter((it) => !Number.isNaN(it))))),
        ...right,
        spare: true,
      },
      { head: 'course', cells: rows.map(({ values }) => sparkline(values)), spare: true },
      { head: 'prior', cells: rows.map(({ prior }) => (prior === null ? '' : cell(prior))), ...right, spare: true },
      {
        head: 'floor',
        cells: rows.map(({ prior, floor }) => (prior === null ? '' : cell(floor))),
        ...right,
        spare: true,
      },
    ],
    page,
  );
  const legend = [
    ...(losses.some(({ declared }) => declared) ? ['* the loss named with --loss'] : []),
    'change of p: from one checkpoint to the next; prior: what only the class frequencies score; floor: the lowest value as it is wired',
  ];
  return [...lines, ...legend.flatMap((text) => paragraph(text, page)).map(page.faint)];
}

function modesSection({ modes, losses }: TrendReport, page: Page): string[] {
  if (modes === null) return [];
  const text =
    `${losses[0]?.spec ?? 'loss'} ${number(modes.train.loss, 5)} in training mode, ${number(modes.eval.loss, 5)} in evaluation mode; ` +
    `p differs by ${number(modes.change.mean, 3)} on average, ${number(modes.change.rms, 3)} RMS`;
  return block('modes', [{ text }], page);
}

function classSection({ classes, checkpoints }: TrendReport, page: Page): string[] {
  if (checkpoints.length === 0) return [];
  const digits = Math.max(...classes.map(({ index }) => String(index).length));
  const known = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Number.NaN);
  const right = { align: 'right' } as const;
  return table(
    [
      {
        head: '\nclass',
        cells: classes.map(({ index, name }) => `${String(index).padStart(digits)} ${name}`.trimEnd()),
        narrow: 'shorten',
      },
      { head: '\npixels', cells: classes.map(({ frequency }) => percent(frequency)), ...right },
      { head: 'Dice\nfirst', cells: classes.map(({ dice }) => score(dice[0] ?? null)), ...right },
      { head: '\nlast', cells: classes.map(({ dice }) => score(dice.at(-1) ?? null)), ...right },
      { head: '\ncourse', cells: classes.map(({ dice }) => sparkline(known(dice), 12, [0, 1])) },
      { head: 'predicted\nfirst', cells: classes.map(({ predicted }) => percent(predicted[0] ?? null)), ...right },
      { head: '\nlast', cells: classes.map(({ predicted }) => percent(predicted.at(-1) ?? null)), ...right },
    ],
    page,
  );
}

function summary({ verdicts }: TrendReport): string {
  const count = (status: string): number => verdicts.filter((it) => it.status === status).length;
  const silent = count('not-applicable');
  const found = noticeSummary(verdicts.filter(({ status }) => status === 'found'));
  return `${found}, ${counted(count('clear'), 'check')} clear${silent > 0 ? `, ${silent} not applicable` : ''}`;
}
