import { promises } from 'node:fs';
import { UsageError } from '../core/errors.ts';
import type { NdArray } from '../core/ndarray.ts';
import type { Threads } from '../from-files.ts';
import { readArray } from '../host/files.ts';
import type { DiagnoseOptions } from '../options.ts';
import { baselineTexts } from './baseline.ts';

/** The shared flags, as the command line hands them over. */
export interface Flags {
  readonly loss?: readonly string[];
  readonly reported?: readonly string[];
  readonly baseline?: readonly string[];
  readonly dialect?: string;
  readonly layout?: string;
  readonly activation?: string;
  readonly classes?: string;
  readonly ignoreIndex?: readonly string[];
  readonly weights?: string;
  readonly spacing?: string;
  readonly rules?: string;
  readonly disable?: string;
  readonly exact?: boolean;
  readonly gradients?: boolean;
  readonly threads?: string;
  readonly failOn?: string;
  readonly reporter?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

/**
 * Turns flags into options.
 * @throws UsageError for values that are no numbers where numbers are wanted.
 */
export async function optionsOf(flags: Flags): Promise<DiagnoseOptions & Threads> {
  return {
    loss: flags.loss && (await lossTexts(flags.loss)),
    reported: flags.reported,
    baseline: flags.baseline && (await baselineTexts(flags.baseline)),
    dialect: flags.dialect,
    layout: flags.layout,
    activation: flags.activation,
    classes: flags.classes === undefined ? undefined : classes(flags.classes),
    ignoreIndex: flags.ignoreIndex?.flatMap((text) => numbers('--ignore-index', text)),
    weights: flags.weights === undefined ? undefined : await weights(flags.weights),
    spacing: flags.spacing === undefined ? undefined : numbers('--spacing', flags.spacing),
    rules: list(flags.rules),
    disable: list(flags.disable),
    exact: flags.exact,
    gradients: flags.gradients,
    threads: flags.threads === undefined ? undefined : oneNumber('--threads', flags.threads),
  };
}

function list(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((id) => id.trim());
}

function classes(text: string): number | readonly string[] {
  if (/^[+-]?[\d.]+$/.test(text.trim())) return Number(text);
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError(`--classes "${text}" has an empty name`);
  return names;
}

function numbers(flag: string, text: string): number[] {
  return text.split(',').map((part) => {
    const value = part.trim() === '' ? Number.NaN : Number(part);
    if (!Number.isFinite(value)) throw new UsageError(`${flag} ${text}: "${part}" is not a number`);
    return value;
  });
}

/**
 * The number of a flag.
 * @throws UsageError where it is none, or a list.
 */
export function oneNumber(flag: string, text: string): number {
  const [value = Number.NaN, ...more] = numbers(flag, text);
  if (more.length > 0) throw new UsageError(`${flag} ${text} is a list; give one number`);
  return value;
}

/** A list of numbers, a file that holds one (JSON, text or .npy), or the name of a recipe. */
async function weights(text: string): Promise<readonly number[] | string> {
  if (text.includes(',') || /^[-+\d.eE\s]+$/.test(text)) return numbers('--weights', text);
  if (!/[./\\]/.test(text)) return text;
  return numbersIn('--weights', text, 'give a list such as 0.2,1,3, a file, or a recipe');
}

/** Losses as typed, each `option=@file` with the numbers of the file in its place, written as a list. */
export async function lossTexts(texts: readonly string[]): Promise<string[]> {
  return Promise.all(
    texts.map(async (text) => {
      const files = [...text.matchAll(/=@([^,]+?)(?=\s*(?:,|\s[-+]\s|$))/g)];
      const lists = await Promise.all(
        files.map(([, path = '']) =>
          numbersIn(`--loss "${text}":`, path, 'give a list such as 0/1/1/0, or @ and a file'),
        ),
      );
      return files.reduce((all, [whole], k) => all.replace(whole, () => `=${lists[k]?.join('/')}`), text);
    }),
  );
}

/** All numbers of a file, row by row: .npy, or text with any of `,`, brackets and white space between them, as JSON has it. */
async function numbersIn(flag: string, path: string, instead: string): Promise<readonly number[]> {
  if (/\.npy$/i.test(path)) return rowByRow(await readArray(path));
  const content = await promises.readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${flag} ${path} cannot be read; ${instead}`);
  });
  const words = content.split(/[\s,[\]]+/).filter((word) => word !== '');
  if (words.length === 0) throw new UsageError(`${flag} ${path} holds no number; ${instead}`);
  return numbers(`${flag} ${path}:`, words.join(','));
}

/** The values of an array, last axis fastest, however it is stored. */
function rowByRow({ data, shape, strides, offset }: NdArray): number[] {
  const walk = (axis: number, at: number): number[] =>
    axis === shape.length
      ? [data[at] ?? Number.NaN]
      : Array.from({ length: shape[axis] ?? 0 }, (_, k) => walk(axis + 1, at + k * (strides[axis] ?? 0))).flat();
  return walk(0, offset);
}
