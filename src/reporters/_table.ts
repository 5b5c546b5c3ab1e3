import Table from 'cli-table3';
import type { Page } from './_page.ts';
import { shorten, columns as widthOf, wrap } from './_wrap.ts';

export interface Column {
  readonly head?: string;
  readonly cells: readonly string[];
  readonly align?: 'left' | 'right';
  /** What to do with cells for which there is no room; a column without this keeps its width. */
  readonly narrow?: 'wrap' | 'shorten';
  /** May be left out when there is no room; the last such column goes first. */
  readonly spare?: boolean;
}

interface Sized {
  readonly column: Column;
  width: number;
}

const gap = 2;
const narrowest = 8;

const noBorder = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid', 'middle'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((corner) => [side + corner, '']),
  ),
);

/** A table without borders that fits the page; columns without any text are left out. */
export function table(columns: readonly Column[], page: Page, indent = 2): string[] {
  const used = columns.filter(({ cells }) => cells.some((text) => text !== ''));
  const sized = fitted(used, page.width - indent);
  const drawn = new Table({ chars: noBorder, style: { head: [], border: [], compact: true, 'padding-left': 0 } });
  if (sized.some(({ column }) => column.head)) {
    drawn.push(row(sized, 'bottom', ({ column, width }) => page.faint(wrapped(column.head ?? '', width))));
  }
  const columnsOf = bodies(sized);
  drawn.push(row(sized, 'top', (column) => columnsOf.get(column)?.join('\n') ?? ''));
  const lines = drawn.toString().split('\n');
  return lines.map((line) => (' '.repeat(indent) + line).trimEnd());
}

/** The lines of every column below its head; where a cell takes several, so do its neighbours. A cell per column is drawn ten times as fast as one per value. */
function bodies(sized: readonly Sized[]): Map<Sized, string[]> {
  const lines = new Map(sized.map((column) => [column, [] as string[]]));
  const length = Math.max(0, ...sized.map(({ column }) => column.cells.length));
  for (let i = 0; i < length; i++) {
    const cells = sized.map(({ column, width }) => within(column.cells[i] ?? '', column, width).split('\n'));
    const height = Math.max(...cells.map((cell) => cell.length));
    for (const [k, column] of sized.entries()) {
      const cell = cells[k] ?? [];
      lines.get(column)?.push(...cell, ...new Array<string>(height - cell.length).fill(''));
    }
  }
  return lines;
}

function row(sized: readonly Sized[], vAlign: 'top' | 'bottom', content: (sized: Sized) => string) {
  return sized.map((column, i) => ({
    content: content(column),
    hAlign: column.column.align ?? 'left',
    vAlign,
    style: { 'padding-right': i < sized.length - 1 ? gap : 0 },
  }));
}

/** Column widths whose sum fits: flexible columns give way first, then spare columns are dropped. */
function fitted(columns: readonly Column[], room: number): Sized[] {
  const sized = columns.map((column) => ({ column, width: Math.min(room, naturalWidth(column)) }));
  let excess = sized.reduce((sum, { width }) => sum + width + gap, -gap) - room;
  for (; excess > 0; excess--) {
    const yielding = sized.filter(({ column, width }) => column.narrow && width > narrowest);
    if (yielding.length === 0) break;
    yielding.reduce((a, b) => (a.width >= b.width ? a : b)).width--;
  }
  const spare = columns.findLastIndex((column) => column.spare);
  return excess > 0 && spare >= 0 ? fitted(columns.toSpliced(spare, 1), room) : sized;
}

function naturalWidth({ head = '', cells }: Column): number {
  return Math.max(...[...head.split('\n'), ...cells].map(widthOf));
}

function within(text: string, { narrow }: Column, width: number): string {
  if (narrow === 'shorten') return shorten(text, width);
  return narrow === 'wrap' ? wrapped(text, width) : text;
}

function wrapped(text: string, width: number): string {
  const lines = text.split('\n').flatMap((line) => wrap(line, width));
  return lines.join('\n');
}
