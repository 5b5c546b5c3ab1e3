import { grouped } from '../core/index.ts';

/** A number with so many significant digits, as text; NaN and infinities spelled out. */
export function significant(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'infinity' : '-infinity';
  return String(Number(value.toPrecision(digits)));
}

/** A share as a percentage that never rounds a rest away: 99.98 % stays below 100 %. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 99.9 && value < 100) return '> 99.9 %';
  if (value > 0 && value < 0.01) return '< 0.01 %';
  return `${Number(value.toPrecision(3))} %`;
}

/** A count with thousands separators. */
export function count(value: number): string {
  return grouped(value);
}

/** "1 pixel", "2 pixels". */
export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c", at most `limit` of them. */
export function listed(items: readonly (string | number)[], limit = 6): string {
  const shown = items.slice(0, limit).map(String);
  if (items.length > limit) return `${shown.join(', ')} and ${items.length - limit} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
