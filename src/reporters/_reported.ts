import { grouped } from '../core/grouped.ts';
import type { CaseReport, Match, Reported } from '../core/report.ts';
import { typedNumber } from '../core/typed.ts';
import { block, type Row } from './_block.ts';
import { counted, number } from './_numbers.ts';
import type { Page } from './_page.ts';
import { table } from './_table.ts';

const shown = 5;

/** What the numbers from the training log turned out to be. */
export function reportedSection({ reported }: CaseReport, page: Page): string[] {
  if (!reported) return [];
  const { matches, verdict } = reported;
  const lines = reportedText(reported, page, 'augmented data, or another batch than these files, would be why');
  if (matches.length < 2 || verdict === 'declared') return lines;
  const listed = page.verbose ? matches : matches.slice(0, shown);
  const rest = matches.length - listed.length;
  const more = rest > 0 ? [`    ${page.faint(`and ${grouped(rest)} more (--verbose)`)}`] : [];
  return [...lines, ...matchTable(listed, page), ...more];
}

/** The same in words; the hint says what else could be behind a number that nothing explains. */
export function reportedText(reported: Reported, page: Page, hint: string): string[] {
  const rows = [sentence(reported, hint), secondThoughts(reported), effort(reported), ...possible(reported)];
  return block(
    'reported',
    rows.filter((text) => text !== '').map((text): Row => ({ text })),
    page,
  );
}

/** Every formula that gives the number, best first, and the one that comes next. */
export function rankedTable({ matches, runnerUp }: Reported, page: Page): string[] {
  const ranked = runnerUp === undefined ? matches : [...matches, runnerUp];
  return ranked.length === 0 ? [] : matchTable(ranked, page);
}

function sentence({ values, matches, verdict }: Reported, hint: string): string {
  const several = values.length > 1;
  const typed = values.map(({ name, typed: text }) => (several ? `${name} ${text}` : text)).join(', ');
  const is = several ? 'are' : 'is';
  const [first] = matches;
  switch (verdict) {
    case 'declared':
      if (!several && fewDigits(typed)) {
        return `${typed} fits ${first?.spec ?? 'a formula'} as declared, but so few digits could be another formula as well; copy all digits that the log has`;
      }
      return several
        ? `${typed} are all as declared (${first?.spec}): the numbers are right`
        : `${typed} is the value of ${first?.spec ?? 'a formula'}, as declared: the number itself is right`;
    case 'explained':
      return `${typed} ${is} ${first === undefined ? 'explained' : described(first)}`;
    case 'ambiguous':
      return matches.length > 1
        ? `${typed} ${several ? 'fit' : 'fits'} ${counted(matches.length, 'formula')}, and nothing tells which`
        : `${typed} may be ${first === undefined ? 'explained' : described(first)}, or fit by chance; more digits, or a second number such as dice=0.31, would tell`;
    case 'unexplained':
      return several ? `no one formula gives ${typed} together; ${hint}` : `${typed} fits no formula; ${hint}`;
    case 'too-few-digits':
      return `${typed} ${several ? 'have' : 'has'} too few digits to tell; copy all digits that the log has`;
  }
}

/** What has fewer than three digits fits some formula or other. */
function fewDigits(typed: string): boolean {
  return (typedNumber(typed)?.digits ?? 0) < 3;
}

/** `the value of ce: summed over all pixels, not averaged`. */
function described({ spec, departures }: Match): string {
  return `the value of ${spec}${departures.length === 0 ? '' : `: ${departures.join(' and ')}`}`;
}

/** What would tell the first two explanations apart. */
function secondThoughts({ matches, verdict }: Reported): string {
  const [first, second] = matches;
  if (first === undefined || second === undefined || verdict === 'declared') return '';
  const apart = Math.abs(first.value - second.value) / Math.abs(first.value);
  if (!(apart > 1e-12)) {
    const more = second.departures.length === first.departures.length ? second : undefined;
    return more === undefined
      ? ''
      : `it is as well ${described(more)}: the same number here, which a batch of another size or content would tell apart`;
  }
  if (verdict === 'explained') return '';
  const digits = Math.ceil(-Math.log10(apart)) + 1;
  return digits <= 6
    ? `with ${digits} digits the first two could be told apart`
    : 'the first two are too close for single precision: export another batch, or give a second number such as dice=0.31';
}

/** How hard it was tried, and what came next. */
function effort({ candidates, expectedChanceMatches, runnerUp }: Reported): string {
  if (candidates === 0) return '';
  const tried = `${counted(candidates, 'value')} tried; by chance, ${number(expectedChanceMatches, 2)} of them would fit`;
  if (runnerUp === undefined) return tried;
  return `${tried}; next is ${number(runnerUp.value)}, ${described(runnerUp)}`;
}

/** What the arrays cannot show; and whether Dice and IoU can be of the same masks. */
function possible({ values, compatible = [] }: Reported): string[] {
  const found = (name: RegExp): number => Number(values.find((it) => name.test(it.name))?.typed ?? Number.NaN);
  const [dice, iou] = [found(/^(val_)?(mean_)?m?(dice|dsc|f1)$/i), found(/^(val_)?(mean_)?m?(iou|jaccard)$/i)];
  const index = dice / (2 - dice);
  const agrees = Math.abs(index - iou) < 0.006 * Math.max(index, iou);
  const relation = `dice ${dice} as one ratio is an IoU of ${number(index, 4)}`;
  return [
    ...compatible.map(({ formula, because }) => `possibly ${formula}: ${because}`),
    ...(Number.isNaN(index - iou)
      ? []
      : [agrees ? `${relation}, as reported` : `${relation}, not ${iou}: one is thresholded or averaged differently`]),
  ];
}

function matchTable(matches: readonly Match[], page: Page): string[] {
  return table(
    [
      { head: 'formula', cells: matches.map(({ formula }) => formula), narrow: 'shorten' },
      { head: 'value', cells: matches.map(({ value }) => number(value)), align: 'right' },
      {
        head: 'off by',
        cells: matches.map(({ relativeError }) => number(relativeError, 2)),
        align: 'right',
        spare: true,
      },
      { head: 'loss', cells: matches.map(({ spec }) => spec), narrow: 'shorten', spare: true },
      {
        head: 'differs from the declared loss in',
        cells: matches.map(({ departures }) => departures.join(' and ') || '-'),
        narrow: 'wrap',
      },
    ],
    page,
    4,
  );
}
