import type { DistanceWeights, Reals, Tile } from '../core/index.ts';
import { penaltyWeights } from '../kernels/index.ts';

/** The weight of every pixel of a tile; the array is used again by the next tile and by other weights. */
export function tileWeights(tile: Tile, weights: DistanceWeights): Reals {
  const out = tile.scratch('weights by distance', tile.stride);
  const [squared, table] = [weights.squared[tile.image], weights.rows[tile.image]];
  if (squared !== undefined && table !== undefined) {
    penaltyWeights(squared, tile.start, tile.rows(), table, weights, out, tile.count);
  }
  return out;
}
