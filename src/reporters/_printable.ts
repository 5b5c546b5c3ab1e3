const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);

/** Whole escape sequences: commands such as a colour, texts such as a window title, and the two-character rest. */
const sequences = new RegExp(
  [`${esc}\\[[0-?]*[ -/]*[@-~]`, `${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?`, `${esc}[ -/]*[0-~]`].join('|'),
  'g',
);

/**
 * Text that a terminal shows and does not obey: names come from files of unknown origin. Line ends become spaces;
 * other controls and invisible format characters (which can reverse the reading direction) are dropped.
 */
export function printableText(text: string): string {
  return text
    .replace(sequences, '')
    .replace(/[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
}

/** The same value with every text in it made printable. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return printableText(value) as T;
  if (Array.isArray(value)) return value.map((item) => printable(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, printable(item)])) as T;
}
