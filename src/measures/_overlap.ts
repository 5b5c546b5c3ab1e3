import type { Tile } from '../core/index.ts';
import { overlap, overlapColumns } from '../kernels/index.ts';

/** What the overlap kernel leaves of a tile; see there. */
export interface TileOverlap {
  readonly sums: Float64Array;
  readonly ignored: Float64Array;
  readonly totals: Float64Array;
}

/** Room for the sums of a tile, and of many of them added up. */
export function overlapRoom(channels: number): number {
  return (overlapColumns + 4) * channels + 1;
}

/** The parts of such room. */
export function overlapParts(room: Float64Array, channels: number): TileOverlap {
  const second = overlapColumns * channels;
  return {
    sums: room.subarray(0, second),
    ignored: room.subarray(second, second + 2 * channels),
    totals: room.subarray(second + 2 * channels),
  };
}

/** The overlap of a tile, worked out once for all that is made of it. */
export function tileOverlap(tile: Tile): Float64Array {
  const { labels, targets, channels, stride, count } = tile;
  return tile.sums('overlap', overlapRoom(channels), (out) => {
    const { sums, ignored, totals } = overlapParts(out, channels);
    overlap(tile.probabilities(), labels, targets, sums, ignored, totals, channels, stride, count);
  });
}
