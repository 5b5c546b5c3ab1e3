import type { Reals } from './reals.ts';

/**
 * Connected pieces of every value of a map, by union-find: pixels touch along edges and corners within a plane, and face to face
 * between the planes of a volume. Returns the number of pieces per value.
 */
export function countIslands(x: Reals, shape: readonly number[]): Map<number, number> {
  const width = shape[shape.length - 1];
  const plane = width * (shape.length > 1 ? shape[shape.length - 2] : 1);
  const parent = new Int32Array(x.length);
  const root = (of: number): number => {
    let i = of;
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  };
  const join = (a: number, b: number): void => {
    if (x[a] === x[b]) parent[root(a)] = root(b);
  };
  for (let i = 0; i < x.length; i++) {
    parent[i] = i;
    const at = i % plane;
    const column = at % width;
    if (column > 0) join(i, i - 1);
    if (at >= width) {
      join(i, i - width);
      if (column > 0) join(i, i - width - 1);
      if (column < width - 1) join(i, i - width + 1);
    }
    if (i >= plane) join(i, i - plane);
  }
  const islands = new Map<number, number>();
  for (let i = 0; i < x.length; i++) if (parent[i] === i) islands.set(x[i], (islands.get(x[i]) ?? 0) + 1);
  return islands;
}
