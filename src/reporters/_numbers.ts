import { grouped } from '../core/grouped.ts';

/** A number in prose: up to six significant digits and no zeros at the end; whole numbers with separators. */
export function number(value: number, digits = 6): string {
  const word = inWords(value);
  if (word !== null) return word;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return grouped(value);
  const size = Math.abs(value);
  const text = size < 1e-4 || size >= 1e6 ? value.toExponential(digits - 1) : value.toPrecision(digits);
  return text
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '')
    .replace('e+', 'e');
}

/** A number in a column: five significant digits, zeros kept so that the points stand below each other. */
export function cell(value: number | null): string {
  if (value === null) return '-';
  const word = inWords(value);
  if (word !== null) return word;
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(4).replace('e+', 'e');
  return size >= 9999.5 ? grouped(Math.round(value)) : value.toPrecision(5);
}

/** Dice or IoU: three decimals. */
export function score(value: number | null): string {
  return value !== null && Math.abs(value) < 10 ? value.toFixed(3).replace(/^-(?=[0.]+$)/, '') : cell(value);
}

/** A share as a percentage. What is not nothing and not everything never looks as if it were. */
export function percent(share: number | null): string {
  if (share === null) return '-';
  const value = share * 100;
  const word = inWords(value);
  if (word !== null) return word === 'NaN' ? word : `${word} %`;
  const size = Math.abs(value);
  if (size < 0.001) return value < 0 ? '> -0.001 %' : '< 0.001 %';
  if (size > 99.9 && size < 100) return value < 0 ? '> -100 %' : '> 99.9 %';
  if (size >= 10_000) return `${cell(value)} %`;
  if (size >= 1) return `${trimmed(value.toFixed(1))} %`;
  return `${value.toFixed(size >= 0.1 ? 2 : 3)} %`;
}

/** `1 error`, `2,000 errors`. */
export function counted(amount: number, noun: string): string {
  return `${grouped(amount)} ${noun}${amount === 1 ? '' : 's'}`;
}

function inWords(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  return value === 0 ? '0' : null;
}

/** `100.0` as `100`; other tenths stay. */
function trimmed(text: string): string {
  return text === '100.0' ? '100' : text;
}
