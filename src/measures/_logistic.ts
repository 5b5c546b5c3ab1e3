import type { Tile } from '../core/index.ts';
import { type CurveNumbers, logisticColumns, logisticSums } from '../kernels/index.ts';

/** What the losses of a sigmoid's score share where none has a wish of its own: a margin of 1, and the floor of torch. */
const usual = { margin: 1, clip: 0, logFloor: -100 };

/**
 * Adds the sums of a curve of class ids whose channels each went through a sigmoid, own classes and others, four places per channel. They
 * are worked out for several such losses at once, for whoever asks next. False where the tile is another one, or the curve.
 */
export function addLogistic(tile: Tile, curve: CurveNumbers, sums: Float64Array): boolean {
  const column = tile.last === 'sigmoid' && tile.targets === null ? columnOf(curve, tile.rounded) : null;
  if (column === null) return false;
  const { labels, channels, stride, count } = tile;
  const { clip, logFloor, code } = curve;
  const numbers =
    column === 1 ? { ...usual, clip, logFloor } : { ...usual, ...(code?.id === 2 ? { margin: code.a } : {}) };
  const name = `logistic ${numbers.margin} ${numbers.clip} ${numbers.logFloor}`;
  const all = tile.sums(name, logisticColumns * channels, (out) => {
    logisticSums(tile.logits(), () => tile.softmax(), labels, numbers, out, channels, stride, count);
  });
  for (let c = 0; c < channels; c++) {
    const at = logisticColumns * c + column;
    sums[4 * c] = (sums[4 * c] ?? 0) + (all[at + 5] ?? 0);
    sums[4 * c + 1] = (sums[4 * c + 1] ?? 0) + (all[at] ?? 0);
  }
  return true;
}

/** Where the sum of a curve stands among those of a channel; null where it is none of them. */
function columnOf({ code, clip, logFloor }: CurveNumbers, rounded: boolean): number | null {
  if (code?.id === 0) return rounded ? 1 : clip === 0 && logFloor === -Infinity ? 0 : null;
  if (rounded || code === undefined) return null;
  if (code.id === 2) return code.b === 2 ? 3 : 2;
  return code.id === 3 ? 4 : null;
}
