import { curveKey, type GradientField, type Reals, type Tile, type View, viewKey } from '../core/index.ts';
import { add, addScaled, pixelReach } from '../kernels/index.ts';
import { applyField, Buffers, likelihoodTileSlopes } from './_fields.ts';

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
    if (parts.length === 1 && first?.factor === 1) return { whole: partGradient(first, tile), terms: [] };
    const size = channels * stride;
    const terms = parts.map((_, k) => tile.scratch(`gradient of term ${k}`, size));
    const whole = tile.scratch('gradient of the sum', size);
    whole.fill(0);
    for (const [k, part] of parts.entries()) {
      const own = terms[k] ?? whole;
      own.fill(0);
      const under = k === 0 ? tile : tile.under(part.view);
      addScaled(partGradient(part, under), part.factor, own, channels, stride, count);
      add(whole, own, whole, channels, stride, count);
    }
    return { whole, terms };
  };
}

/** The gradient of a loss that sees nothing of a pixel but its p_y, on a tile: slopes along the gradient of -ln p_y. */
export interface TileSlopes {
  readonly slopes: Reals;
  /** Of the gradient of -ln p_y at the stored values: its length, and its largest entry. */
  readonly lengths: Reals;
  readonly largest: Reals;
}

/**
 * Where a gradient is that of a loss of p_y alone, its slopes: the gradient is as long as they are steep, and need not be worked out entry by
 * entry. The lengths are shared by all losses of the view. Null for other losses.
 */
export function tileSlopes(parts: readonly GradientPart[]): ((tile: Tile) => TileSlopes) | null {
  const [part] = parts;
  const [field] = part?.fields ?? [];
  if (part === undefined || parts.length > 1 || part.factor !== 1 || part.fields.length > 1) return null;
  if (field?.kind !== 'likelihood' || field.uniform !== undefined) return null;
  const { steps, scores, logs } = part.view;
  const atScores = steps.join() === 'softmax' && scores === 1 && logs === 'stable';
  const unit: GradientField = { kind: 'likelihood', curve: { id: 'log' }, weights: field.weights.map(() => 1) };
  return (tile) => {
    const { channels, stride, count } = tile;
    const reach = tile.kept('reach of -ln p of the label', 2 * stride, (out) => {
      if (atScores) pixelReach(tile.probabilities(), tile.labels, out, channels, stride, count);
      else pixelReach(partGradient({ ...part, fields: [unit] }, tile), null, out, channels, stride, count);
    });
    const slopes = likelihoodTileSlopes(field, tile, new Buffers(tile));
    return { slopes, lengths: reach.subarray(0, stride), largest: reach.subarray(stride) };
  };
}

/** The gradient of one part at the stored array, in a buffer of the sweep. */
function partGradient({ fields, view }: GradientPart, tile: Tile): Reals {
  const buffers = new Buffers(tile);
  for (const field of fields) applyField(field, tile, view, buffers);
  const [byScores, byProbabilities] = [buffers.uses('scores'), buffers.uses('probabilities')];
  if (byScores) tile.backward(buffers.scores, 'scores');
  if (byProbabilities) tile.backward(buffers.probabilities, 'probabilities');
  if (!byScores) return buffers.probabilities;
  const { scores } = buffers;
  if (byProbabilities) add(scores, buffers.probabilities, scores, tile.channels, tile.stride, tile.count);
  return scores;
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
