import { curveKey, type GradientField, type Reals, type Tile, type View, viewKey } from '../core/index.ts';
import { add, addScaled, pixelReach, regionColumns, regionReach } from '../kernels/index.ts';
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

/** The gradient on a tile as far as its summary goes: at every pixel `slopes` times one of this length and with this largest entry. */
export interface TileReach {
  readonly slopes: Reals;
  readonly lengths: Reals;
  readonly largest: Reals;
}

/**
 * How far the gradient of a single loss reaches at every pixel, where that can be told without working out its entries; else null. All losses
 * that see nothing of a pixel but its p_y pull along the gradient of -ln p_y, whose length they share. Of region losses it is told through a softmax.
 */
export function tileReach(parts: readonly GradientPart[]): ((tile: Tile) => TileReach | null) | null {
  const [part] = parts;
  const [field] = part?.fields ?? [];
  if (part === undefined || parts.length > 1 || part.factor !== 1 || part.fields.length > 1) return null;
  const { steps, scores, logs } = part.view;
  const softmax = steps.join() === 'softmax' && scores === 1;
  if (field?.kind === 'region' && softmax)
    return (tile) => (tile.targets === null ? regionTileReach(field, tile) : null);
  if (field?.kind !== 'likelihood' || field.uniform !== undefined) return null;
  const unit: GradientField = { kind: 'likelihood', curve: { id: 'log' }, weights: field.weights.map(() => 1) };
  return (tile) => {
    const { channels, stride, count, labels } = tile;
    const reach = tile.kept('reach of -ln p of the label', 2 * stride, (out) => {
      if (softmax && logs === 'stable') pixelReach(tile.probabilities(), labels, out, channels, stride, count);
      else pixelReach(partGradient({ ...part, fields: [unit] }, tile), null, out, channels, stride, count);
    });
    return { slopes: likelihoodTileSlopes(field, tile, new Buffers(tile)), ...halves(reach, stride) };
  };
}

/** Of class ids; soft targets are left to the loop over all entries. */
function regionTileReach(field: Extract<GradientField, { kind: 'region' }>, tile: Tile): TileReach {
  const { coefficients, ignoredToo = false } = field;
  const { channels, stride, count, labels, image } = tile;
  const reach = tile.scratch('reach of a region loss', 2 * stride);
  const at = regionColumns * image * channels;
  regionReach(tile.probabilities(), labels, coefficients, at, ignoredToo, reach, channels, stride, count);
  return { slopes: tile.scratch('ones', stride).fill(1), ...halves(reach, stride) };
}

function halves(reach: Reals, stride: number): Pick<TileReach, 'lengths' | 'largest'> {
  return { lengths: reach.subarray(0, stride), largest: reach.subarray(stride) };
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
