import { type SweptMeasure, swept } from '../core/index.ts';
import { type GradientPart, partsKey, tileGradient } from './_gradient-parts.ts';
import { compact, joined } from './_runs.ts';

/**
 * Gradient of a weighted sum of losses at every stored value: per image channels x pixels. 8 bytes per value, for whoever has to move
 * along it. To be swept under the first view.
 */
export function gradientMap(parts: readonly GradientPart[]): SweptMeasure<readonly Float64Array[]> {
  const gradientOf = tileGradient(parts);
  return swept({
    id: `gradient-map ${partsKey(parts)}`,
    start: () => [] as Float64Array[],
    tile(state, tile) {
      state.push(compact(gradientOf(tile).whole, tile, new Float64Array(tile.channels * tile.count)));
    },
    merge(into, from) {
      into.push(...from);
    },
    finish: (states, { channels, pixels }) =>
      states.map((runs) => joined(runs, channels, new Float64Array(channels * pixels))),
  });
}
