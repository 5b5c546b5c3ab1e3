import type { CaseReport, ReportedLoss, Status, Verdict } from '../core/report.ts';
import { paragraph } from './_block.ts';
import { counted, number } from './_numbers.ts';
import { marks, type Page, type Tone } from './_page.ts';
import { columns, cut, padded, shorten, wrap } from './_wrap.ts';

/** A mark, what is the matter, and the rule's id at the right margin. */
export function headline(tone: Tone, title: string, rule: string, page: Page): string[] {
  const hang = marks[tone].length + 1;
  const room = page.width - hang;
  const id = shorten(rule, room);
  const lines = wrap(title, room);
  const idFits = lines.length > 0 && columns(lines.at(-1) ?? '') + 2 + columns(id) <= room;
  if (!idFits && (id || lines.length === 0)) lines.push('');
  return lines.map((line, i) => {
    const text = page.tones[tone](padded(i === 0 ? marks[tone] : '', hang) + line);
    if (i < lines.length - 1 || !id) return text;
    return text + ' '.repeat(room - columns(line) - columns(id)) + page.faint(id);
  });
}

/** One line for a consequence, which is read about under its cause: a title that is too long is cut. */
export function subheadline({ severity, title, rule }: Verdict, page: Page, indent: number): string {
  const room = page.width - indent - 2;
  const id = shorten(rule, Math.floor(room / 2));
  const titleRoom = room - columns(id) - 2;
  const text = page.tones[severity](`${marks[severity]} ${padded(cut(title, titleRoom), titleRoom)}`);
  return `${' '.repeat(indent)}${text}  ${page.faint(id)}`;
}

/** What is said when there is neither an error nor a warning. */
export function allClear({ verdicts }: CaseReport, page: Page): string[] {
  const count = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length;
  const crashed = count('crashed');
  if (crashed > 0) return headline('unknown', `no answer: ${counted(crashed, 'check')} crashed`, '', page);
  if (count('clear') + count('found') === 0) return headline('unknown', 'nothing could be checked', '', page);
  return headline('clear', 'no defect found', '', page);
}

/** Where the declared loss stands between a guess and its floor. */
export function standingLines({ losses }: CaseReport, page: Page): string[] {
  const loss = losses.find(({ declared }) => declared) ?? losses[0];
  return loss === undefined ? [] : paragraph(standing(loss), page);
}

/** `ce is 0.2145 and can fall to 0. A uniform guess costs 2.3979, the class frequencies alone 1.776.` */
function standing({ spec, value, floor, lowerBound, uniform, prior }: ReportedLoss): string {
  if (value === null) return `${spec} has no value here.`;
  const verb = floor !== null && floor > lowerBound ? 'cannot fall below' : 'can fall to';
  const lowest = floor === null ? '' : ` and ${verb} ${number(floor, 5)}`;
  const frequencies = prior === null ? '' : `, the class frequencies alone ${number(prior, 5)}`;
  const guesses = uniform === null ? '' : ` A uniform guess costs ${number(uniform, 5)}${frequencies}.`;
  return `${spec} is ${number(value, 5)}${lowest}.${guesses}`;
}
