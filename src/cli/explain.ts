import {
  type Embedding,
  type Example,
  type Formula,
  type Loss,
  type OptionTable,
  type Rule,
  UsageError,
} from '../core/index.ts';
import { embeddings } from '../embeddings/index.ts';
import { exampleVerdicts } from '../example.ts';
import { formulas } from '../formulas/index.ts';
import { losses } from '../losses/index.ts';
import { rules } from '../rules/index.ts';
import type { ExitCode } from './exit-code.ts';
import { paragraph } from './paragraph.ts';
import { displayOf, type World } from './terminal.ts';

/** `lossprobe explain <id>`: every member that bears the id; without an id, all ids. */
export function explainCommand(world: World, id: string | undefined, flags: { readonly color?: boolean }): ExitCode {
  const { width } = displayOf(world, flags);
  const print = (text: string): void => void world.stdout.write(text);
  if (id === undefined) {
    print(listing('rules', rules) + listing('losses', losses));
    print(listing('embedding losses', embeddings) + listing('formulas', formulas));
    return 0;
  }
  const pages = [
    ...rules.filter((it) => it.id === id).map((it) => rulePage(it, width)),
    ...losses.filter((it) => it.id === id).map((it) => lossPage(it, width)),
    ...embeddings.filter((it) => it.id === id).map((it) => embeddingPage(it, width)),
    ...formulas.filter((it) => it.id === id).map((it) => formulaPage(it, width)),
  ];
  if (pages.length === 0) {
    throw new UsageError(`there is no rule, loss or formula "${id}"; lossprobe explain lists them all`);
  }
  print(pages.join('\n'));
  return 0;
}

function listing(kind: string, members: readonly { readonly id: string; readonly title: string }[]): string {
  return `${kind}\n${members.map(({ id, title }) => `  ${id.padEnd(36)} ${title}`).join('\n')}\n\n`;
}

function rulePage(rule: Rule, width: number): string {
  const fixes = rule.explain.fix.map(({ framework, text }) => paragraph(`${framework}: ${text}`, width, '    '));
  return [
    `${rule.id}  (${rule.severity})\n\n  ${rule.title}\n`,
    `test\n${paragraph(rule.explain.test, width)}`,
    `why\n${paragraph(rule.explain.why, width)}`,
    `fix\n${fixes.join('')}`,
    `when it is wrong\n${paragraph(rule.explain.exceptions, width)}`,
    example(rule, width),
    rule.explains.length === 0
      ? ''
      : `explains\n${paragraph(rule.explains.map((id) => (id === '*' ? 'the usual consequences of any cause' : id)).join(', '), width)}`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The example that fires, drawn beside its mask, and what lossprobe says of it just now. */
function example(rule: Rule, width: number): string {
  const { fires } = rule.examples;
  const verdict = exampleVerdicts(fires).find((it) => it.rule === rule.id);
  const pictures = [...picturesBefore(fires), ['prediction', fires.prediction], ['target', fires.target]];
  const columns = pictures.map(([name = '', picture = '']) => [name, ...picture.split('\n')]);
  const widths = columns.map((lines) => Math.max(...lines.map((line) => line.length)) + 4);
  const rows = Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, row) =>
    `    ${columns.map((lines, k) => (lines[row] ?? '').padEnd(widths[k] ?? 0)).join('')}`.trimEnd(),
  );
  const legend = Object.entries(fires.legend).map(([mark, values]) => `${mark} = ${values.join(' / ')}`);
  const repeated = fires.repeat === undefined ? '' : `, repeated ${fires.repeat.join(' x ')} times`;
  const several = fires.images === undefined ? '' : `, ${fires.images} images one below the other`;
  return [
    `example (just run)\n${rows.join('\n').replace(/\n/, `${repeated}${several}\n`)}\n`,
    paragraph(`scores per channel: ${legend.join('; ')}`, width, '    '),
    fires.args === undefined ? '' : paragraph(`flags: ${fires.args.join(' ')}`, width, '    '),
    paragraph(`finding: ${verdict?.message ?? 'none'}`, width, '    '),
  ].join('');
}

/** The exports before the prediction, where the rule is about several. */
function picturesBefore({ series }: Example): string[][] {
  if (series === undefined) return [];
  return series.before.map((picture, k) => [series.of === 'modes' ? 'training mode' : `checkpoint ${k + 1}`, picture]);
}

function lossPage(loss: Loss, width: number): string {
  return [
    `${loss.id}  (${loss.family} loss)\n\n  ${loss.title}\n`,
    `formula\n${paragraph(loss.formula, width)}`,
    `about\n${paragraph(loss.about, width)}`,
    `when\n${paragraph(loss.when, width)}`,
    `options\n${paragraph(`from=${loss.from}: what the training code hands it`, width, '    ')}${optionLines(loss.options, width)}`,
    `source\n${paragraph(loss.source, width)}`,
  ].join('\n');
}

function embeddingPage(loss: Embedding, width: number): string {
  return [
    `${loss.id}  (embedding loss)\n\n  ${loss.title}\n`,
    `formula\n${paragraph(loss.formula, width)}`,
    `about\n${paragraph(loss.about, width)}`,
    `when\n${paragraph(loss.when, width)}`,
    `options\n${optionLines(loss.options, width)}`,
    `source\n${paragraph(loss.source, width)}`,
    `on files\n${paragraph(`lossprobe embed features.npy mask.png --loss ${loss.id}`, width)}`,
  ].join('\n');
}

function optionLines(options: OptionTable, width: number): string {
  const lines = Object.entries(options).map(([name, { default: usual, about }]) =>
    paragraph(`${name}=${Array.isArray(usual) ? usual.join('/') : (usual ?? 'none')}: ${about}`, width, '    '),
  );
  return lines.join('');
}

function formulaPage(formula: Formula, width: number): string {
  return [
    `${formula.id}  (formula for a reported value)\n\n  ${formula.title}\n`,
    `value\n${paragraph(formula.formula, width)}`,
    `about\n${paragraph(formula.about, width)}`,
  ].join('\n');
}
