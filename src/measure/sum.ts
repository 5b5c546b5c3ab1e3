import { UsageError } from '../core/index.ts';

/** A term of a sum as typed. */
export interface TypedTerm {
  readonly factor: number;
  readonly text: string;
}

/**
 * Splits a sum into its terms. A plus stands between terms unless it is the sign of an exponent; a minus does after a space only, since
 * names have hyphens and options negative values. A number and an asterisk before a term multiply it.
 * @throws UsageError where a term or a factor is missing.
 */
export function splitSum(text: string): TypedTerm[] {
  const terms: TypedTerm[] = [];
  let rest = text.trim();
  let sign = 1;
  const opening = /^[+-]\s*/.exec(rest)?.[0] ?? '';
  if (opening !== '') {
    sign = opening.startsWith('-') ? -1 : 1;
    rest = rest.slice(opening.length);
  }
  for (;;) {
    const end = operatorAt(rest);
    terms.push(typedTerm(end < 0 ? rest : rest.slice(0, end), sign, text));
    if (end < 0) return terms;
    sign = rest[end] === '-' ? -1 : 1;
    rest = rest.slice(end + 1).trim();
  }
}

/** Where the next plus or minus between terms stands; -1 where there is none. */
function operatorAt(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const before = text.slice(0, i);
    if (text[i] === '+' && !/\de$|=\s*$/i.test(before)) return i;
    if (text[i] === '-' && /\s$/.test(before) && !/[=,/:*]\s+$/.test(before)) return i;
  }
  return -1;
}

function typedTerm(text: string, sign: number, whole: string): TypedTerm {
  const at = text.indexOf('*');
  const own = text.slice(at + 1).trim();
  const number = at < 0 ? '1' : text.slice(0, at).trim();
  const factor = number === '' ? Number.NaN : Number(number);
  if (own === '' && (whole.trim() !== '' || at >= 0)) {
    throw new UsageError(`--loss "${whole}": a term is missing; a sum is typed as in "dice + 0.5*ce"`);
  }
  if (!Number.isFinite(factor)) {
    throw new UsageError(`--loss "${whole}": "${number}" is not a number to multiply ${own} by`);
  }
  return { factor: sign * factor, text: own };
}
