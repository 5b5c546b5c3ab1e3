import type { Json } from './_json-layout.ts';

/** What stands at one place of the report. `either` is a number or a text; what may be absent is null in JSON. */
export type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'either'
  | { readonly listOf: Shape }
  | { readonly orNull: Shape }
  | { readonly orAbsent: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/** An object: every field of T, named once, in the order in which it is written. */
export function object<T>(fields: { readonly [K in keyof T]-?: Shape }): Shape {
  return { fields };
}

/** A list of such values. */
export const list = (listOf: Shape): Shape => ({ listOf });
/** Such a value, or null. */
export const orNull = (shape: Shape): Shape => ({ orNull: shape });
export const numbers = list('number');

/** A value as JSON: every field in the order of its shape, null where there is none, and no number lost. */
export function toJson(value: unknown, shape: Shape): Json {
  if (typeof value === 'number') return numberToJson(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === null || value === undefined || typeof shape === 'string') return null;
  if ('orNull' in shape) return toJson(value, shape.orNull);
  if ('orAbsent' in shape) return toJson(value, shape.orAbsent);
  if ('listOf' in shape) return (value as readonly unknown[]).map((item) => toJson(item, shape.listOf));
  const source = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(shape.fields).map(([key, field]) => [key, toJson(source[key], field)]));
}

/** Minus zero is written as 0: it compares equal to it, and equal reports should be equal texts. */
function numberToJson(value: number): Json {
  if (Number.isFinite(value)) return value === 0 ? 0 : value;
  return String(value);
}
