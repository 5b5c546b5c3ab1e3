import { readFile } from 'node:fs/promises';
import { type Report, type Reported, UsageError } from '../core/index.ts';
import { parseReported, reportedLoss, type Typed } from '../diagnose/typed.ts';
import { formulas } from '../formulas/index.ts';
import { diagnoseFiles } from '../from-files.ts';
import { fileError } from '../host/file-errors.ts';
import { identifyNumber } from '../identify/closed-forms.ts';
import { type Curve, describeCurve } from '../identify/curve.ts';
import { type LogColumn, readLog } from '../identify/log.ts';
import type { ExitCode } from './exit-code.ts';
import { type Flags, optionsOf } from './flags.ts';
import { identifyText, reportText } from './identify-text.ts';
import { checkReporters, exitCodeOf, writeReport } from './output.ts';
import { ownJson } from './own-json.ts';
import { identifySchema } from './own-schemas.ts';
import { displayOf, type World } from './terminal.ts';

interface IdentifyFlags extends Flags {
  readonly foreground?: string;
  readonly log?: string;
  readonly column?: string;
}

/** What is known of a number, and of the curve that it was taken from. */
export interface Identified {
  readonly curve: (Curve & { readonly column: string }) | null;
  readonly reported: Reported | null;
}

/** `lossprobe identify`: which formula made a number, on arrays, or from the number or a training log alone. */
export async function identifyCommand(
  world: World,
  prediction: string | undefined,
  target: string | undefined,
  flags: IdentifyFlags,
): Promise<ExitCode> {
  if (prediction !== undefined && target === undefined) {
    throw new UsageError(`${prediction} was given without a target; name the mask as well, or neither`);
  }
  if (prediction !== undefined && target !== undefined) return onArrays(world, prediction, target, flags);
  const found = await withoutArrays(flags);
  world.stdout.write(
    flags.json === true ? ownJson('identify', found, identifySchema) : identifyText(found, displayOf(world, flags)),
  );
  return 0;
}

async function onArrays(world: World, prediction: string, target: string, flags: IdentifyFlags): Promise<ExitCode> {
  if (flags.log !== undefined || flags.foreground !== undefined) {
    throw new UsageError('--log and --foreground are for numbers without arrays; leave them out, or the two files');
  }
  if ((flags.reported ?? []).length === 0) {
    throw new UsageError('there is no number to identify; give it with --reported, with all its digits');
  }
  checkReporters(flags);
  const options = { ...(await optionsOf(flags)), rules: [], table: 'none' as const };
  const report: Report = await diagnoseFiles(prediction, target, options);
  if (flags.json === true || flags.reporter !== undefined) await writeReport(world, report, flags);
  else world.stdout.write(reportText(report, displayOf(world, flags)));
  return exitCodeOf(report, flags.failOn);
}

async function withoutArrays(flags: IdentifyFlags): Promise<Identified> {
  const { classes } = await optionsOf(flags.classes === undefined ? {} : { classes: flags.classes });
  const count = typeof classes === 'object' ? classes.length : (classes ?? null);
  if (count !== null && !(Number.isInteger(count) && count >= 2)) {
    throw new UsageError(`--classes ${count} is neither a whole number from 2 nor a list of names`);
  }
  const said = { classes: count, foreground: flags.foreground === undefined ? null : share(flags.foreground) };
  const typed = (flags.reported ?? []).map(parseReported);
  if (flags.log === undefined) {
    const [first, ...more] = typed;
    if (first === undefined) {
      throw new UsageError('there is no number to identify; give --reported 1.27401, or --log run.csv');
    }
    if (more.length > 0) {
      throw new UsageError(
        'one number at a time can be identified without arrays; name prediction and target for several',
      );
    }
    return { curve: null, reported: identifyNumber(first, said, formulas) };
  }
  const path = flags.log;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(path, error);
  });
  const column = readLog(text, path, flags.column ?? null);
  const curve = describeCurve(column.cells.map((cell) => parseReported(cell).value));
  const number = reportedLoss(typed) ?? levelOf(curve, column);
  return {
    curve: { ...curve, column: column.name },
    reported: number === null ? null : identifyNumber(number, said, formulas),
  };
}

/** The level of a plateau with the digits that its scatter leaves; as it was logged where the curve does not move at all. */
function levelOf({ plateau }: Curve, { name, cells }: LogColumn): Typed | null {
  if (plateau === null) return null;
  const end = cells.at(-1) ?? '';
  const last = parseReported(`${name.replaceAll('=', '-')}=${end}`);
  if (cells.slice(plateau.from).every((cell) => cell === end)) return last;
  const { level, uncertainty } = plateau;
  const digits = Math.min(15, Math.max(1, Math.floor(Math.log10(Math.abs(level) / (2 * uncertainty))) + 1));
  const text = level.toPrecision(digits);
  return { ...parseReported(text), name: last.name, rounding: Math.max(uncertainty, last.rounding) };
}

/** A share as typed: `0.1` or `10%`. */
function share(text: string): number {
  const [, number = '', sign] = /^([\d.]+)\s*(%?)$/.exec(text.trim()) ?? [];
  const value = number === '' ? Number.NaN : Number(number) / (sign === '%' ? 100 : 1);
  if (!(value > 0 && value < 1)) {
    throw new UsageError(`--foreground ${text} is not a share between 0 and 1; type 0.1 or 10%`);
  }
  return value;
}
