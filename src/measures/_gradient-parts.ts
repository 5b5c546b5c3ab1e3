import { curveKey, type GradientField, type Reals, type Tile, type View, viewKey } from '../core/index.ts';
import { add, addScaled } from '../kernels/index.ts';
import { applyField, type Buffers, buffersOf } from './_fields.ts';

/** A term of a gradient: fields under a view, times a factor. */
export interface GradientPart {
  readonly fields: readonly GradientField[];
  readonly view: View;
  readonly factor: number;
}

/** The gradient of a weighted sum on a tile, and that of every term where there are several; both are reused by the next tile. */
interface TileGradient {
  readonly whole: Reals;
  readonly terms: readonly Reals[];
}

/** Works out the gradient at the stored values, tile by tile. The tiles are to be of the first part's view. */
export function tileGradient(parts: readonly GradientPart[]): (tile: Tile) => TileGradient {
  const [first] = parts;
  return (tile) => {
    const { channels, stride, count } = tile;
    const buffers = buffersOf(tile);
    if (parts.length === 1 && first?.factor === 1) return { whole: partGradient(first, tile, buffers), terms: [] };
    const size = channels * stride;
    const terms = parts.map((_, k) => tile.scratch(`gradient of term ${k}`, size));
    const whole = tile.scratch('gradient of the sum', size);
    whole.fill(0);
    for (const [k, part] of parts.entries()) {
      const own = terms[k] ?? whole;
      own.fill(0);
      const under = k === 0 ? tile : tile.under(part.view);
      addScaled(partGradient(part, under, buffers), part.factor, own, channels, stride, count);
      add(whole, own, whole, channels, stride, count);
    }
    return { whole, terms };
  };
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

/** A name for a weighted sum; coefficient arrays are known by their identity. */
export function partsKey(parts: readonly GradientPart[]): string {
  return parts.map((part) => partKey(part, parts[0])).join(' and ');
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
