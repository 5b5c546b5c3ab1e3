import type { CaseReport, ReportedLoss, Status, Verdict } from '../core/report.ts';
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

/** What is said when there is neither an error nor a warning: how much was asked, and where the loss stands. */
export function allClear({ verdicts, losses }: CaseReport, page: Page): string[] {
  const count = (status: Status) => verdicts.filter((verdict) => verdict.status === status).length;
  const crashed = count('crashed');
  if (crashed > 0) return headline('unknown', `no answer: ${counted(crashed, 'check')} crashed`, '', page);
  if (count('clear') + count('found') === 0) return headline('unknown', 'nothing could be checked', '', page);
  const loss = losses.find(({ declared }) => declared) ?? losses[0];
  return headline('clear', `${counted(count('clear'), 'check')} clear${loss ? `; ${standing(loss)}` : ''}`, '', page);
}

/** `ce 0.2145 can fall to 0 (uniform 2.3979, prior 1.776)`. */
function standing({ spec, value, floor, lowerBound, uniform, prior }: ReportedLoss): string {
  if (value === null) return `${spec} has no value here`;
  const lowest =
    floor === null ? '' : ` ${floor > lowerBound ? 'cannot fall below' : 'can fall to'} ${number(floor, 5)}`;
  const known = [
    ...(uniform === null ? [] : [`uniform ${number(uniform, 5)}`]),
    ...(prior === null ? [] : [`prior ${number(prior, 5)}`]),
  ];
  return `${spec} ${number(value, 5)}${lowest}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
}
