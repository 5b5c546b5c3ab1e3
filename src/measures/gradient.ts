import {
  curveKey,
  type GradientField,
  type GradientSummary,
  type Reals,
  type Subject,
  type SweptMeasure,
  swept,
  type TermGradient,
  type Tile,
  type View,
  viewKey,
} from '../core/index.ts';
import { add, addProducts, addScaled, gradientColumns, summariseGradient } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';
import { applyField, type Buffers, buffersOf } from './_fields.ts';

/** A term of a gradient: fields under a view, times a factor. */
export interface GradientPart {
  readonly fields: readonly GradientField[];
  readonly view: View;
  readonly factor: number;
}

/**
 * Gradient of a loss at the stored array, summarised: nothing of the input's size is kept. `fields` come from the loss; the chain rule through
 * the steps of the view is applied here.
 */
export function gradient(fields: readonly GradientField[], view: View): SweptMeasure<GradientSummary> {
  return gradientSum([{ fields, view, factor: 1 }]);
}

/** The same of a weighted sum of losses, each under its own view; with how the terms pull on each other. To be swept under the first view. */
export function gradientSum(parts: readonly GradientPart[]): SweptMeasure<GradientSummary> {
  const [first] = parts;
  const single = parts.length === 1 && first?.factor === 1;
  const terms = parts.length > 1 ? parts.length : 0;
  return swept({
    id: `gradient ${parts.map((part) => partKey(part, first)).join(' and ')}`,
    start: (subject: Subject) => ({
      summary: new Float64Array(gradientColumns + subject.rows + 1),
      products: new Float64Array(terms * terms),
      head: [] as number[],
    }),
    tile(state, tile) {
      const { channels, stride, count } = tile;
      const size = channels * stride;
      const buffers = buffersOf(tile);
      let whole: Reals;
      if (single) whole = partGradient(first, tile, buffers);
      else {
        const sums = parts.map((_, k) => tile.scratch(`gradient of term ${k}`, size));
        whole = tile.scratch('gradient of the sum', size);
        whole.fill(0);
        for (const [k, part] of parts.entries()) {
          const own = sums[k] ?? whole;
          own.fill(0);
          const under = k === 0 ? tile : tile.under(part.view);
          addScaled(partGradient(part, under, buffers), part.factor, own, channels, stride, count);
          add(whole, own, whole, channels, stride, count);
        }
        if (terms > 0) addProducts(sums, state.products, channels, stride, count);
      }
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

/** The gradient of one part at the stored array, in one of the buffers. */
function partGradient({ fields, view }: GradientPart, tile: Tile, buffers: Buffers): Reals {
  const { scores, probabilities } = buffers;
  scores.fill(0);
  probabilities.fill(0);
  const used = new Set(fields.map((field) => applyField(field, tile, view, buffers)));
  if (used.has(scores)) tile.backward(scores, 'scores');
  if (used.has(probabilities)) tile.backward(probabilities, 'probabilities');
  if (used.size > 1) add(scores, probabilities, scores, tile.channels, tile.stride, tile.count);
  return used.has(scores) ? scores : probabilities;
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

let count = 0;
const serial = new WeakMap<object, number>();

function partKey({ fields, view, factor }: GradientPart, first: GradientPart | undefined): string {
  const own = fields.map(fieldKey).join(' + ');
  return view === first?.view && factor === 1 ? own : `${factor} (${own}) @ ${viewKey(view)}`;
}

/** A name for a field; coefficient arrays are known by their identity. */
function fieldKey(field: GradientField): string {
  const id = serial.get(field) ?? ++count;
  serial.set(field, id);
  const curve = 'curve' in field ? field.curve : null;
  return `${field.kind} ${curve === null ? '' : curveKey(curve)} #${id}`;
}
