import { readFile } from 'node:fs/promises';
import { UsageError } from '../core/errors.ts';
import { readArray } from '../host/files.ts';
import type { DiagnoseOptions } from '../options.ts';

/** The shared flags, as the command line hands them over. */
export interface Flags {
  readonly loss?: readonly string[];
  readonly reported?: readonly string[];
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
export async function optionsOf(flags: Flags): Promise<DiagnoseOptions> {
  return {
    loss: flags.loss,
    reported: flags.reported,
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

/** A list of numbers, a file that holds one (JSON, text or .npy), or the name of a recipe. */
async function weights(text: string): Promise<readonly number[] | string> {
  if (text.includes(',') || /^[-+\d.eE\s]+$/.test(text)) return numbers('--weights', text);
  if (/\.npy$/i.test(text)) return Array.from((await readArray(text)).data, Number);
  if (!/[./\\]/.test(text)) return text;
  const content = await readFile(text, 'utf8').catch(() => {
    throw new UsageError(`--weights ${text} cannot be read; give a list such as 0.2,1,3, a file, or a recipe`);
  });
  return numbers(
    '--weights',
    content
      .trim()
      .replace(/^\[|\]$/g, '')
      .replace(/[\s,]+/g, ','),
  );
}
