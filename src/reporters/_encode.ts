import { InputError } from '../core/errors.ts';
import type { Report } from '../core/report.ts';
import { layOut } from './_json-layout.ts';
import { reportSchema } from './_schema.ts';
import { type Shape, toJson } from './_shape.ts';

/** JSON has no words for these; the report writes them as strings, in number fields only. */
const unwritable: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

/** A report as JSON text: every field, in the order of the schema (null where there is none), and no number lost. */
export function encode(report: Report): string {
  return `${layOut(toJson(report, reportSchema))}\n`;
}

/** The report that a JSON text holds. A number field that says "NaN" is a number again; a name that says so is not. */
export function decode(text: string): Report {
  const report = fromJson(parsed(text), reportSchema, 'report') as Report;
  if (report.schema !== 1) {
    throw new InputError(`report.schema is ${report.schema}; this version of lossprobe reads schema 1 only`);
  }
  return report;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`the report is not JSON (${(error as Error).message}); write it with lossprobe --json`);
  }
}

function fromJson(value: unknown, shape: Shape, path: string): unknown {
  if (typeof shape === 'string') return scalarFromJson(value, shape, path);
  if ('orNull' in shape) return value === null ? null : fromJson(value, shape.orNull, path);
  if ('orAbsent' in shape) return fromJson(value, shape.orAbsent, path);
  if ('listOf' in shape) {
    if (!Array.isArray(value)) throw unexpected(path, 'a list', value);
    return value.map((item, i) => fromJson(item, shape.listOf, `${path}[${i}]`));
  }
  if (typeof value !== 'object' || value === null) throw unexpected(path, 'an object', value);
  const source = value as Readonly<Record<string, unknown>>;
  const present = Object.entries(shape.fields).filter(
    ([key, field]) => !isOptional(field) || (source[key] ?? null) !== null,
  );
  return Object.fromEntries(present.map(([key, field]) => [key, fromJson(source[key], field, `${path}.${key}`)]));
}

function scalarFromJson(value: unknown, shape: 'text' | 'number' | 'flag' | 'either', path: string): unknown {
  if (shape === 'flag') {
    if (typeof value === 'boolean') return value;
    throw unexpected(path, 'true or false', value);
  }
  if (shape !== 'text') {
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && Object.hasOwn(unwritable, value)) return unwritable[value];
    if (shape === 'number') throw unexpected(path, 'a number', value);
  }
  if (typeof value === 'string') return value;
  throw unexpected(path, 'a text', value);
}

function isOptional(shape: Shape): boolean {
  return typeof shape === 'object' && 'orAbsent' in shape;
}

function unexpected(path: string, allowed: string, value: unknown): InputError {
  const found = value === undefined ? 'missing' : (JSON.stringify(value) ?? String(value)).slice(0, 40);
  return new InputError(`${path} is ${found}; ${allowed} is expected: is this a report that lossprobe --json wrote?`);
}
