import {
  type Embedding,
  type Example,
  type Explanation,
  type Formula,
  type Loss,
  type OptionTable,
  type Question,
  type QuestionExample,
  type Rule,
  UsageError,
} from '../core/index.ts';
import { embeddings } from '../embeddings/index.ts';
import { exampleNotices, exampleVerdicts } from '../example.ts';
import { formulas } from '../formulas/index.ts';
import { losses } from '../losses/index.ts';
import { questions } from '../questions/index.ts';
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
    print(listing('what descend, trend and embed find', questions));
    return 0;
  }
  const pages = [
    ...rules.filter((it) => it.id === id).map((it) => rulePage(it, width)),
    ...questions.filter((it) => it.id === id).map((it) => questionPage(it, width)),
    ...losses.filter((it) => it.id === id).map((it) => lossPage(it, width)),
    ...embeddings.filter((it) => it.id === id).map((it) => embeddingPage(it, width)),
    ...formulas.filter((it) => it.id === id).map((it) => formulaPage(it, width)),
  ];
  if (pages.length === 0) {
    throw new UsageError(`there is no rule, question, loss or formula "${id}"; lossprobe explain lists them all`);
  }
  print(pages.join('\n'));
  return 0;
}

function listing(kind: string, members: readonly { readonly id: string; readonly title: string }[]): string {
  return `${kind}\n${members.map(({ id, title }) => `  ${id.padEnd(36)} ${title}`).join('\n')}\n\n`;
}

function rulePage(rule: Rule, width: number): string {
  const verdict = exampleVerdicts(rule.examples.fires).find((it) => it.rule === rule.id);
  const consequences = rule.explains.map((id) => (id === '*' ? 'the usual consequences of any cause' : id));
  return [
    `${rule.id}  (${rule.severity})\n\n  ${rule.title}\n`,
    ...explanation(rule.explain, width),
    example(rule.examples.fires, verdict?.message, width),
    ...(consequences.length === 0 ? [] : [`explains\n${paragraph(consequences.join(', '), width)}`]),
  ].join('\n');
}

function questionPage(question: Question, width: number): string {
  const { id, command, severity, title, explain, examples } = question;
  const notice = exampleNotices(question, examples.fires).find((it) => it.rule === id);
  return [
    `${id}  (${severity} of lossprobe ${command})\n\n  ${title}\n`,
    ...explanation(explain, width),
    example(examples.fires, notice?.message, width, command === 'embed' ? featureWords : undefined),
  ].join('\n');
}

/** What is said of every finding, part by part. */
function explanation({ test, why, fix, exceptions, seen = [] }: Explanation, width: number): string[] {
  const fixes = fix.map(({ framework, text }) => paragraph(`${framework}: ${text}`, width, '    '));
  return [
    `test\n${paragraph(test, width)}`,
    `why\n${paragraph(why, width)}`,
    `fix\n${fixes.join('')}`,
    `when it is wrong\n${paragraph(exceptions, width)}`,
    ...(seen.length === 0 ? [] : [`seen in the wild\n${seen.map((address) => `  ${address}\n`).join('')}`]),
  ];
}

const featureWords = ['features', 'components'] as const;

/** The example that fires, drawn beside its mask, and what lossprobe says of it just now. */
function example(
  fires: QuestionExample,
  finding: string | undefined,
  width: number,
  [drawn, numbers]: readonly [string, string] = ['prediction', 'scores per channel'],
): string {
  const pictures = [...picturesBefore(fires), [drawn, fires.prediction], ['target', fires.target]];
  const columns = pictures.map(([name = '', picture = '']) => [name, ...picture.split('\n')]);
  const widths = columns.map((lines) => Math.max(...lines.map((line) => line.length)) + 4);
  const rows = Array.from({ length: Math.max(...columns.map((lines) => lines.length)) }, (_, row) =>
    `    ${columns.map((lines, k) => (lines[row] ?? '').padEnd(widths[k] ?? 0)).join('')}`.trimEnd(),
  );
  const legend = Object.entries(fires.legend).map(([mark, values]) => `${mark} = ${values.join(' / ')}`);
  const repeated = fires.repeat === undefined ? '' : `, repeated ${fires.repeat.join(' x ')} times`;
  const several = fires.images === undefined ? '' : `, ${fires.images} images one below the other`;
  const flags = [
    ...(fires.args ?? []),
    ...(fires.vectors === undefined ? [] : [`--weights ${JSON.stringify(fires.vectors)}`]),
    ...(fires.triplets === undefined ? [] : [`--triplets ${JSON.stringify(fires.triplets)}`]),
  ];
  return [
    `example (just run)\n${rows.join('\n').replace(/\n/, `${repeated}${several}\n`)}\n`,
    paragraph(`${numbers}: ${legend.join('; ')}`, width, '    '),
    flags.length === 0 ? '' : paragraph(`flags: ${flags.join(' ')}`, width, '    '),
    paragraph(`finding: ${finding ?? 'none'}`, width, '    '),
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
