import type { Tile } from '../core/index.ts';
import { binaryLosses, binaryRows, type CurveNumbers, largest, pixelLosses, smoothLosses } from '../kernels/index.ts';

/** Row of the per-class table, loss and largest probability of every pixel of a tile; scratch that one sweep reuses. */
export interface PixelScratch {
  readonly rows: Int32Array;
  readonly losses: Float64Array;
  readonly largest: Float64Array;
}

/** What a pixel can lose where its share of the whole is asked for: -ln of the smallest normal float32, so that p = 0 is no infinity. */
export const mostSurprise = -Math.log(2 ** -126);

const scratches = new Map<number, PixelScratch>();

/** Scratch for tiles of a stride; valid until the next call with the same stride. */
function scratch(stride: number): PixelScratch {
  const row = (): Float64Array => new Float64Array(stride);
  const known = scratches.get(stride) ?? { rows: new Int32Array(stride), losses: row(), largest: row() };
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

/** The largest probability of every pixel. */
export function tileLargest(tile: Tile): Float64Array {
  const { largest: out } = scratch(tile.stride);
  largest(tile.probabilities(), out, tile.channels, tile.stride, tile.count);
  return out;
}

/** Loss per pixel of an exclusive or binary target, times the class weights; labels smoothed if asked (logarithm only). */
export function tileLosses(tile: Tile, weights: Float64Array | null, curve: CurveNumbers, smoothing = 0): Float64Array {
  const { labels, targets, count } = tile;
  const { losses } = scratch(tile.stride);
  if (targets !== null) {
    binaryLosses(tile.negLogP(), tile.negLogQ(), labels, targets, weights, curve, losses, count, smoothing);
  } else if (smoothing > 0) smoothedLosses(tile, weights, smoothing, losses);
  else pixelLosses(tile.nll(), labels, weights, curve, losses, count);
  return losses;
}

/**
 * Cross-entropy per pixel of class ids with smoothed labels: (1 - e) w_y l_y + (e / C) sum_k w_k l_k, as torch has it; 0 where the
 * pixel is ignored.
 */
export function smoothedLosses(tile: Tile, weights: Float64Array | null, smoothing: number, out: Float64Array): void {
  const { labels, channels, stride, count } = tile;
  const spread = Float64Array.from({ length: channels }, (_, k) => (smoothing / channels) * (weights?.[k] ?? 1));
  const own = Float64Array.from({ length: channels }, (_, k) => (1 - smoothing) * (weights?.[k] ?? 1));
  smoothLosses(tile.nll(), tile.negLogP(), labels, own, spread, out, channels, stride, count);
}
