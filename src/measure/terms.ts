import type { LossValue } from '../core/index.ts';

/** A value and what it is multiplied by. */
interface Weighted {
  readonly factor: number;
  readonly value: LossValue;
}

/** The value of a weighted sum from the values of its terms. */
export function addUp(terms: readonly Weighted[]): LossValue {
  const [first] = terms;
  if (first !== undefined && terms.length === 1 && first.factor === 1) return first.value;
  return {
    value: terms.reduce((sum, { factor, value }) => sum + factor * value.value, 0),
    perClass: addLists(terms.map(({ factor, value }) => value.perClass?.map((it) => it && factor * it) ?? null)),
    contributions: addLists(terms.map(shares)) as number[] | null,
  };
}

/**
 * What each class adds to a term: terms state it up to a factor of their own, so it is scaled to the term's value. Null where the term does not
 * split, or lowers the sum.
 */
function shares({ factor, value: { value, contributions } }: Weighted): number[] | null {
  if (contributions === null || factor < 0 || value < 0) return null;
  const all = contributions.reduce((a, b) => a + b, 0);
  return contributions.map((own) => (all === 0 ? 0 : (factor * value * own) / all));
}

/** Entry by entry; null where a list, or its entry, is missing. */
function addLists(lists: readonly (readonly (number | null)[] | null)[]): (number | null)[] | null {
  const [first] = lists;
  if (first === undefined || first === null || lists.includes(null)) return null;
  return first.map((_, row) =>
    lists.reduce<number | null>((sum, list) => {
      const own = list?.[row] ?? null;
      return sum === null || own === null ? null : sum + own;
    }, 0),
  );
}
