import type { Display } from '../core/index.ts';
import type { EmbeddingReport } from '../embeddings/_report.ts';
import { block, paragraph, stacked } from '../reporters/_block.ts';
import { headline } from '../reporters/_headline.ts';
import { cell, counted, number, percent } from '../reporters/_numbers.ts';
import { type Page, pageFor } from '../reporters/_page.ts';
import { printable } from '../reporters/_printable.ts';
import { table } from '../reporters/_table.ts';
import { noticeSection, noticeSummary } from './notice-text.ts';

/** The report on features for people: what is wrong, what was read, losses, angles. */
export function embeddingText(report: EmbeddingReport, display: Display): string {
  const page = pageFor(display);
  const clean = printable(report);
  const { findings } = clean;
  const calm = !findings.some(({ severity }) => severity !== 'note');
  const sections = [
    ...(calm ? [headline('clear', allClear(clean), '', page)] : []),
    ...findings.map((it) => noticeSection(it, page)),
  ];
  const rest = display.quiet
    ? []
    : [readSection(clean, page), lossSection(clean, page), angleSection(clean, page), [noticeSummary(findings)]];
  const lines = display.quiet
    ? findings.flatMap(({ severity, title, rule }) => headline(severity, title, rule, page))
    : stacked([...sections, ...rest]);
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function allClear({ angles }: EmbeddingReport): string {
  const astray =
    angles.astray === null ? '' : `; ${percent(angles.astray)} of the features are nearer to another class`;
  return `no defect found${astray}`;
}

function readSection({ features, mask, classes }: EmbeddingReport, page: Page): string[] {
  const components = `${features.dims} components on axis ${features.axis}`;
  const lengths = `length ${number(features.lengths[0], 4)} to ${number(features.lengths[1], 4)}`;
  const ignored =
    mask.ignored === 0
      ? ''
      : `; ${mask.ignore.join(', ')} ignored (${percent(mask.ignored / (mask.valid + mask.ignored))})`;
  const vectors =
    classes.vectors === 'file'
      ? 'class vectors from --weights'
      : 'class vectors are the means of these very features, taken as constants: no --weights was given, and angles come out at their best';
  return block(
    'read',
    [
      {
        name: 'features',
        path: features.path,
        text: `${features.dtype} [${features.shape.join(', ')}], ${components}, ${lengths}`,
      },
      {
        name: 'mask',
        path: mask.path,
        text: `${mask.dtype} [${mask.shape.join(', ')}], ${counted(mask.valid, 'valid pixel')}${ignored}`,
      },
      { name: 'classes', text: `${classes.labels.length}; ${vectors}` },
    ],
    page,
  );
}

function lossSection({ losses, classes }: EmbeddingReport, page: Page): string[] {
  const lines = table(
    [
      { head: 'loss', cells: losses.map(({ spec }) => spec), narrow: 'shorten' },
      { head: 'value', cells: losses.map(({ value }) => cell(value)), align: 'right' },
      { head: 'gradient', cells: losses.map(({ gradient }) => cell(gradient.l2)), align: 'right' },
      { head: 'largest', cells: losses.map(({ gradient }) => cell(gradient.max)), align: 'right', spare: true },
      {
        head: 'over',
        cells: losses.map(({ terms, unit }) => counted(terms, unit.slice(0, -1))),
        align: 'right',
        spare: true,
      },
      {
        head: 'margin\nbroken',
        cells: losses.map(({ violations, terms }) =>
          violations === null || terms === 0 ? '-' : percent(violations / terms),
        ),
        align: 'right',
      },
    ],
    page,
  );
  const chance =
    classes.labels.length > 1
      ? `; knowing nothing costs ln ${classes.labels.length} = ${number(Math.log(classes.labels.length), 5)} before any margin`
      : '';
  return [
    ...lines,
    ...paragraph('gradient: L2 norm at the stored features; largest: its largest entry', page),
    ...paragraph(`margin broken: terms whose own class does not win by the margin${chance}`, page),
  ];
}

function angleSection({ angles }: EmbeddingReport, page: Page): string[] {
  const rows = angles.classes;
  const angle = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)}`);
  const lines = table(
    [
      { head: 'class', cells: rows.map(({ label }) => String(label)) },
      { head: 'pixels', cells: rows.map(({ pixels }) => number(pixels)), align: 'right' },
      { head: 'own angle\nmean', cells: rows.map(({ intraMean }) => angle(intraMean)), align: 'right' },
      { head: 'own angle\nlargest', cells: rows.map(({ intraMax }) => angle(intraMax)), align: 'right', spare: true },
      { head: 'nearest\nclass', cells: rows.map(({ nearest }) => String(nearest ?? '-')), align: 'right' },
      { head: 'angle\nto it', cells: rows.map(({ inter }) => angle(inter)), align: 'right' },
      { head: 'astray', cells: rows.map(({ astray }) => percent(astray)), align: 'right' },
    ],
    page,
  );
  return [
    ...lines,
    ...paragraph('own angle: degrees between a feature and the vector of its class', page),
    ...paragraph(meaning(angles), page),
  ];
}

/** What the angles say, in a sentence. */
function meaning({ intraMean, interMin, astray }: EmbeddingReport['angles']): string {
  const legend = 'astray: features nearer to another class';
  if (intraMean === null || interMin === null || astray === null) return legend;
  const apart = intraMean < interMin / 2 ? 'classes stand apart' : 'classes overlap';
  return `${legend}; ${apart}: features lie ${intraMean.toFixed(1)} degrees off their class, the closest two classes are ${interMin.toFixed(1)} apart, ${percent(astray)} astray`;
}
