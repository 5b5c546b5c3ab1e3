/** A seeded source of numbers that every machine draws alike. */
export interface Random {
  /** From 0 up to, but not including, 1. */
  uniform(): number;
  between(low: number, high: number): number;
  /** A whole number from `low` up to `high`, both included. */
  integer(low: number, high: number): number;
  /** Near enough to a bell curve of mean 0 and deviation 1. */
  normal(): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** The numbers from 0 to `length` - 1 in a random order. */
  order(length: number): number[];
}

/** Of the sum of four bytes. */
const deviation = Math.sqrt((4 * (256 ** 2 - 1)) / 12);

/** Small fast counter generator (sfc32) over words spread from the seed: 32-bit integer arithmetic only. */
export function randomFrom(...seeds: readonly number[]): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1];
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (const seed of seeds) {
    c = (c ^ seed) | 0;
    for (let warm = 0; warm < 12; warm++) word();
  }
  const uniform = (): number => word() / 4294967296;
  const integer = (low: number, high: number): number => low + Math.floor((high - low + 1) * uniform());
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer,
    normal() {
      const bits = word();
      return ((bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24) - 510) / deviation;
    },
    chance: (share) => uniform() < share,
    pick: <T>(items: readonly T[]) => items[integer(0, items.length - 1)] as T,
    order(length) {
      const keys = Array.from({ length }, (_, at) => ({ at, key: uniform() }));
      return keys.sort((x, y) => x.key - y.key).map(({ at }) => at);
    },
  };
}

/** A seed made from a name. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash;
}
