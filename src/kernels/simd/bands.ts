import * as scalar from '../scalar/bands.ts';
import type { Labels, Reals } from '../scalar/reals.ts';
import { addSums, returnEngine, takeEngine } from './engine.ts';

/** Pixels and losses by their distance to a boundary: see the scalar kernel. */
export function addBands(
  losses: Reals,
  labels: Labels,
  squared: Reals,
  edges: readonly number[],
  ceiling: number,
  counts: Float64Array,
  sums: Float64Array,
): void {
  const single = losses instanceof Float32Array && squared instanceof Float32Array;
  const engine = single ? takeEngine(12 * losses.length + 65_536) : null;
  const [x, d] = [engine?.singles(losses.length), engine?.singles(losses.length)];
  const ids = engine?.integers(losses.length);
  if (!engine || !x || !d || !ids) {
    scalar.addBands(losses, labels, squared, edges, ceiling, counts, sums);
    return;
  }
  x.set(losses);
  d.set(squared);
  ids.set(labels);
  const own = engine.sums(edges.length + counts.length + sums.length);
  own.set(edges.map((edge) => edge * edge));
  const [a, b, c] = [x.byteOffset, ids.byteOffset, d.byteOffset];
  engine.run.addBands(a, b, c, own.byteOffset, edges.length, ceiling, losses.length);
  addSums(own.subarray(edges.length), counts, sums);
  returnEngine(engine);
}
