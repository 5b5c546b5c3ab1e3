import {
  type GradientField,
  type GradientSummary,
  type Reals,
  type Subject,
  type SweptMeasure,
  swept,
  type TermGradient,
  type Tile,
  type View,
} from '../core/index.ts';
import { addProducts, gradientColumns, summariseGradient } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';
import { type GradientPart, partsKey, tileGradient } from './_gradient-parts.ts';

export type { GradientPart };

/**
 * Gradient of a loss at the stored array, summarised: nothing of the input's size is kept. `fields` come from the loss; the chain rule through
 * the steps of the view is applied here.
 */
export function gradient(fields: readonly GradientField[], view: View): SweptMeasure<GradientSummary> {
  return gradientSum([{ fields, view, factor: 1 }]);
}

/** The same of a weighted sum of losses, each under its own view; with how the terms pull on each other. To be swept under the first view. */
export function gradientSum(parts: readonly GradientPart[]): SweptMeasure<GradientSummary> {
  const terms = parts.length > 1 ? parts.length : 0;
  const gradientOf = tileGradient(parts);
  return swept({
    id: `gradient-sum ${partsKey(parts)}`,
    given: [parts],
    start: (subject: Subject) => ({
      summary: new Float64Array(gradientColumns + subject.rows + 1),
      products: new Float64Array(terms * terms),
      head: [] as number[],
    }),
    tile(state, tile) {
      const { channels, stride, count } = tile;
      const { whole, terms: own } = gradientOf(tile);
      if (terms > 0) addProducts(own, state.products, channels, stride, count);
      const byChannel = tile.targets !== null && channels > 1;
      summariseGradient(whole, tile.rows(), byChannel, state.summary, channels, stride, count);
      keepHead(whole, tile, state.head);
    },
    merge(into, from) {
      const [a, b] = [into.summary, from.summary];
      for (let k = 0; k < a.length; k++) a[k] = k === 0 ? larger(a[0] ?? 0, b[0] ?? 0) : (a[k] ?? 0) + (b[k] ?? 0);
      addInto(into.products, from.products);
      into.head.push(...from.head);
    },
    finish(states, subject) {
      const columns = total(
        states.map((it) => it.summary),
        gradientColumns + subject.rows + 1,
      );
      const squares = [...columns.subarray(gradientColumns)];
      const all = squares.reduce((a, b) => a + b, 0);
      return {
        l2: Math.sqrt(all),
        max: states.reduce((most, it) => larger(most, it.summary[0] ?? 0), 0),
        perClass: squares.slice(1).map((square) => (all === 0 ? 0 : square / all)),
        vanishing: (columns[1] ?? 0) / (columns[2] ?? 0),
        head: firstEight(states[0]?.head ?? [], subject),
        ...(terms === 0
          ? {}
          : {
              terms: pull(
                states.map((it) => it.products),
                terms,
              ),
            }),
      };
    },
  });
}

/** Norms and cosines from the products of the terms' gradients. */
function pull(products: readonly Float64Array[], terms: number): TermGradient[] {
  const all = total([...products], terms * terms);
  const norms = Array.from({ length: terms }, (_, k) => Math.sqrt(all[k * terms + k] ?? 0));
  const sum = norms.reduce((a, b) => a + b, 0);
  return norms.map((l2, k) => ({
    l2,
    share: l2 === 0 ? 0 : l2 / sum,
    cosines: norms.map((other, j) => (j === k && l2 > 0 ? 1 : (all[k * terms + j] ?? 0) / (l2 * other))),
  }));
}

/** The larger of two sizes, NaN if either is. */
function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function keepHead(gradient: Reals, tile: Tile, head: number[]): void {
  if (tile.image > 0 || tile.start > 0) return;
  for (let c = 0; c < tile.channels; c++) {
    for (let i = 0; i < Math.min(8, tile.count); i++) head.push(gradient[c * tile.stride + i] ?? 0);
  }
}

/** Of the first pixels of every channel, the first eight values of channel after channel. */
function firstEight(head: readonly number[], subject: Subject): number[] {
  const kept = Math.min(8, subject.pixels);
  const run = kept < 8 || subject.pixels === 8 ? head : head.slice(0, kept);
  return run.slice(0, 8);
}
