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
import { addProducts, gradientColumns, summariseGradient, summariseSlopes } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';
import { type GradientPart, partsKey, type TileReach, tileGradient, tileReach } from './_gradient-parts.ts';

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
  const reachOf = tileReach(parts);
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
      // The first values are kept: the tile that holds them is worked out whole.
      const reach = isFirst(tile) ? null : (reachOf?.(tile) ?? null);
      if (reach !== null && addReach(reach, tile, state.summary)) return;
      const { whole, terms: own } = gradientOf(tile);
      if (terms > 0) addProducts(own, state.products, channels, stride, count);
      const byChannel = tile.targets !== null && channels > 1;
      summariseGradient(whole, tile.rows(), byChannel, state.summary, channels, stride, count);
      keepHead(whole, tile, state.head);
    },
    merge(into, from) {
      mergeSummary(into.summary, from.summary);
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

/** Adds what the reach says of a tile; false where it is no finite number, so that every entry has to be looked at. */
function addReach({ slopes, lengths, largest }: TileReach, tile: Tile, summary: Float64Array): boolean {
  const own = new Float64Array(summary.length);
  summariseSlopes(slopes, lengths, largest, tile.rows(), own, tile.count);
  const finite = (own[0] ?? 0) < Infinity;
  if (finite) mergeSummary(summary, own);
  return finite;
}

function mergeSummary(into: Float64Array, from: Float64Array): void {
  const most = larger(into[0] ?? 0, from[0] ?? 0);
  addInto(into, from);
  into[0] = most;
}

function isFirst({ image, start }: Tile): boolean {
  return image === 0 && start === 0;
}

/** The larger of two sizes, NaN if either is. */
function larger(a: number, b: number): number {
  return Math.max(a, b);
}

function keepHead(gradient: Reals, tile: Tile, head: number[]): void {
  if (!isFirst(tile)) return;
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
