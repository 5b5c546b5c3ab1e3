import { UsageError } from '../core/index.ts';

/** A reported number as it was typed: its digits say how exactly it is known. */
export interface Typed {
  readonly name: string;
  readonly text: string;
  readonly value: number;
  readonly digits: number;
  /** Half a unit of the last digit. */
  readonly rounding: number;
}

const words: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Infinity,
  '+inf': Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
};

/**
 * Reads `1.27401` or `dice=0.31`.
 * @throws UsageError when it is not a number, or the name is empty.
 */
export function parseReported(text: string): Typed {
  const [, given, number = ''] = /^(?:([^=]*)=)?(.*)$/.exec(text.trim()) ?? [];
  const name = given?.trim() ?? 'loss';
  if (name === '') throw new UsageError(`--reported "${text}" has no name before the =; type it as in dice=0.31`);
  const typed = number.trim();
  const known = words[typed.toLowerCase()];
  if (known !== undefined) return { name, text: typed, value: known, digits: Infinity, rounding: 0 };
  const parts = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(typed);
  if (parts === null || (parts[1] ?? '') + (parts[2] ?? '') === '') {
    throw new UsageError(`--reported "${text}" is not a number; type it as it was printed, such as 1.27401`);
  }
  const [, whole = '', decimals = '', exponent = '0'] = parts;
  return {
    name,
    text: typed,
    value: Number(typed),
    digits: (whole + decimals).replace(/^0+/, '').length,
    rounding: 0.5 * 10 ** (Number(exponent) - decimals.length),
  };
}

/** Half a unit of the last digit, and what single (or half) precision sums leave; nothing for NaN and infinities. */
export function toleranceOf(typed: Typed, dtype: string): number {
  if (!Number.isFinite(typed.value)) return 0;
  return typed.rounding + (dtype === 'float16' ? 2e-3 : 1e-5) * Math.abs(typed.value);
}

/** How far a value is from a typed number; 0 for the same infinity, or NaN where NaN was typed. */
export function distance(typed: Typed, value: number): number {
  return Object.is(value, typed.value) ? 0 : Math.abs(value - typed.value);
}

/** The number that is meant as the loss: the one of that name, else the first. */
export function reportedLoss(typed: readonly Typed[]): Typed | undefined {
  return typed.find(({ name }) => name === 'loss') ?? typed[0];
}
