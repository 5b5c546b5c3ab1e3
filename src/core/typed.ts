/** A number as it was printed: its digits say how exactly it is known. */
export interface TypedNumber {
  readonly value: number;
  /** Significant digits; infinite for NaN and the infinities, which are exact. */
  readonly digits: number;
  /** Half a unit of the last digit. */
  readonly rounding: number;
}

const special = {
  nan: Number.NaN,
  inf: Infinity,
  '+inf': Infinity,
  infinity: Infinity,
  '+infinity': Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
};

/** Reads `1.27401`, `2.1e-3` or `nan`; null for what is not a number. */
export function typedNumber(text: string): TypedNumber | null {
  const known = special[text.toLowerCase() as keyof typeof special];
  if (known !== undefined) return { value: known, digits: Infinity, rounding: 0 };
  const parts = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text);
  const [, whole = '', decimals = '', exponent = '0'] = parts ?? [];
  if (whole + decimals === '') return null;
  return {
    value: Number(text),
    digits: (whole + decimals).replace(/^0+/, '').length,
    rounding: 0.5 * 10 ** (Number(exponent) - decimals.length),
  };
}

/** How far a computed value may be from a typed one: half a unit of the last digit, and what single (or half) precision sums leave; 0 for NaN and infinities. */
export function toleranceOf({ rounding, value }: TypedNumber, dtype: string): number {
  if (!Number.isFinite(value)) return 0;
  return rounding + (dtype === 'float16' ? 2e-3 : 1e-5) * Math.abs(value);
}

/** Decades over which candidate values spread; the density of chance matches follows from it. */
const decades = 4;

/** How many of so many values, spread over the decades, lie within a relative tolerance of a number. */
export function matchesOfSpread(candidates: number, relative: number): number {
  return (candidates * 2 * relative) / (decades * Math.LN10);
}

/** How many of so many candidate values would match a number by chance. */
export function chanceMatches(typed: TypedNumber, candidates: number, dtype: string): number {
  const relative = toleranceOf(typed, dtype) / Math.abs(typed.value);
  return Number.isFinite(relative) ? matchesOfSpread(candidates, relative) : 0;
}
