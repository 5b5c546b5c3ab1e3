import type { Tile } from '../core/index.ts';
import { binaryLosses, binaryRows, type CurveNumbers, pixelLosses } from '../kernels/index.ts';

/** Row of the per-class table and loss of every pixel of a tile; scratch that one sweep reuses. */
export interface PixelScratch {
  readonly rows: Int32Array;
  readonly losses: Float64Array;
}

const scratches = new Map<number, PixelScratch>();

/** Scratch for tiles of a stride; valid until the next call with the same stride. */
function scratch(stride: number): PixelScratch {
  const known = scratches.get(stride) ?? { rows: new Int32Array(stride), losses: new Float64Array(stride) };
  scratches.set(stride, known);
  return known;
}

/** Rows of the per-class table: class ids, or 0/1 for the two sides of a binary target; -1 where ignored. */
export function tileRows(tile: Tile): Int32Array {
  if (tile.targets === null || tile.channels !== 1) return tile.labels;
  const { rows } = scratch(tile.stride);
  binaryRows(tile.targets, tile.labels, rows, tile.count);
  return rows;
}

/** Loss per pixel of an exclusive or binary target, times the class weights. */
export function tileLosses(tile: Tile, weights: Float64Array | null, curve: CurveNumbers): Float64Array {
  const { losses } = scratch(tile.stride);
  if (tile.targets === null) pixelLosses(tile.nll(), tile.labels, weights, curve, losses, tile.count);
  else binaryLosses(tile.negLogP(), tile.negLogQ(), tile.labels, tile.targets, weights, curve, losses, tile.count);
  return losses;
}
