import { version } from '../report/version.ts';
import { type Json, layOut } from '../reporters/_json-layout.ts';

/** The report of a command that has one of its own, under the command's name; NaN and the infinities are strings, as in every report. */
export function ownJson(name: string, report: unknown): string {
  return `${layOut(toJson({ schema: 1, tool: { name: 'lossprobe', version }, [name]: report }))}\n`;
}

function toJson(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return null;
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(fields.map(([key, item]) => [key, toJson(item)]));
}
