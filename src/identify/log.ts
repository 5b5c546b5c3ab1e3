import { InputError, UsageError } from '../core/index.ts';

/** One column of a training log: the cells that are numbers, as text, from top to bottom. */
export interface LogColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

/**
 * Reads a column of a training log: CSV (commas, semicolons or tabs, quoted cells) or one JSON object per line.
 * @throws InputError when there is no table in the text, UsageError when the column is missing or cannot be guessed.
 */
export function readLog(text: string, file: string, column: string | null): LogColumn {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (plain === '') throw new InputError(`${file} is empty; give a log with one row per step`);
  const columns = plain.startsWith('{') ? jsonColumns(plain, file) : csvColumns(plain);
  const numeric = columns
    .map(({ name, cells }) => ({ name, cells: cells.map(unsigned).filter(isNumber) }))
    .filter(({ cells }) => cells.length > 0);
  if (numeric.length === 0) throw new InputError(`${file} has no column of numbers; give a log with one row per step`);
  return chosen(numeric, file, column);
}

function chosen(columns: readonly LogColumn[], file: string, column: string | null): LogColumn {
  const names = columns.map(({ name }) => name).join(', ');
  if (column !== null) {
    const named = columns.find(({ name }) => name === column);
    if (named === undefined) throw new UsageError(`${file} has no column "${column}" of numbers; it has ${names}`);
    return named;
  }
  const guess =
    columns.find(({ name }) => name.toLowerCase() === 'loss') ??
    columns.find(({ name }) => /loss/i.test(name)) ??
    (columns.length === 1 ? columns[0] : undefined);
  if (guess === undefined) throw new UsageError(`${file} has no column named loss; say which with --column: ${names}`);
  return guess;
}

/** C prints NaN with a sign. */
function unsigned(cell: string): string {
  return cell.replace(/^[+-](?=nan$)/i, '');
}

/** A number as logs write it, NaN and infinities included. */
function isNumber(cell: string): boolean {
  return /^[+-]?(nan|inf|infinity|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)$/i.test(cell);
}

function jsonColumns(text: string, file: string): LogColumn[] {
  const columns = new Map<string, string[]>();
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    for (const [name, cell] of fieldsOf(parsed(line, file, at + 1), '')) {
      const cells = columns.get(name);
      if (cells === undefined) columns.set(name, [cell]);
      else cells.push(cell);
    }
  }
  return [...columns].map(([name, cells]) => ({ name, cells }));
}

function parsed(line: string, file: string, at: number): unknown {
  try {
    // Python writes NaN and Infinity, which JSON does not have.
    return JSON.parse(line.replaceAll(/(:\s*)(-?(?:NaN|Infinity))/g, '$1"$2"'));
  } catch {
    throw new InputError(`line ${at} of ${file} is not JSON; give one object per line, or CSV`);
  }
}

/** The numbers of an object by name; those of inner objects as `outer.inner`. */
function fieldsOf(value: unknown, prefix: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, own]): [string, string][] => {
    const name = prefix + key;
    return typeof own === 'object' ? fieldsOf(own, `${name}.`) : [[name, String(own)]];
  });
}

function csvColumns(text: string): LogColumn[] {
  const [head = ''] = text.split('\n', 1);
  const separator = [',', ';', '\t'].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a));
  const rows = csvRows(text, separator);
  const [first = []] = rows;
  const named = !first.every(isNumber);
  return first.map((name, at) => ({
    name: named ? name : String(at + 1),
    cells: rows.slice(named ? 1 : 0).map((row) => row[at] ?? ''),
  }));
}

/** Rows of cells; a quoted cell may hold separators, line breaks and doubled quotes. */
function csvRows(text: string, separator: string): string[][] {
  const cell = new RegExp(` *(?:"((?:[^"]|"")*)" *|([^${separator}\\n]*))(${separator}|\\r?\\n|$)`, 'y');
  const rows: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const [, quoted, bare = '', end = ''] = cell.exec(text) ?? [];
    if (cell.lastIndex <= at) break;
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.some((own) => own !== ''));
}
