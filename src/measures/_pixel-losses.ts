import type { Reals, Tile } from '../core/index.ts';
import { binaryLosses, type CurveNumbers, largest, pixelLosses, smoothLosses } from '../kernels/index.ts';

/** What a pixel can lose where its share of the whole is asked for: -ln of the smallest normal float32, so that p = 0 is no infinity. */
export const mostSurprise = -Math.log(2 ** -126);

/** The largest probability of every pixel. */
export function tileLargest(tile: Tile): Reals {
  return tile.kept('largest probability', tile.stride, (out) => {
    largest(tile.probabilities(), out, tile.channels, tile.stride, tile.count);
  });
}

/** Loss per pixel of an exclusive or binary target, times the class weights; labels smoothed if asked (logarithm only). */
export function tileLosses(tile: Tile, weights: Float64Array | null, curve: CurveNumbers, smoothing = 0): Reals {
  const { labels, targets, count, stride } = tile;
  const fill = (out: Reals): void => {
    if (targets !== null) {
      binaryLosses(tile.negLogP(), tile.negLogQ(), labels, targets, weights, curve, out, count, smoothing);
    } else if (smoothing > 0) smoothedLosses(tile, weights, smoothing, out);
    else pixelLosses(tile.nll(), labels, weights, curve, out, count);
  };
  // Several measures look at the surprise of the target; what else there is, each wants for itself.
  if (weights === null && smoothing === 0 && isPlainLog(curve)) return tile.kept('surprise', stride, fill);
  const losses = tile.scratch('losses of the pixels', stride);
  fill(losses);
  return losses;
}

function isPlainLog({ gamma, clip, logFloor, shape }: CurveNumbers): boolean {
  return gamma === 0 && clip === 0 && logFloor === -Infinity && shape === undefined;
}

/**
 * Cross-entropy per pixel of class ids with smoothed labels: (1 - e) w_y l_y + (e / C) sum_k w_k l_k, as torch has it; 0 where the
 * pixel is ignored.
 */
function smoothedLosses(tile: Tile, weights: Float64Array | null, smoothing: number, out: Reals): void {
  const { labels, channels, stride, count } = tile;
  const spread = Float64Array.from({ length: channels }, (_, k) => (smoothing / channels) * (weights?.[k] ?? 1));
  const own = Float64Array.from({ length: channels }, (_, k) => (1 - smoothing) * (weights?.[k] ?? 1));
  smoothLosses(tile.nll(), tile.negLogP(), labels, own, spread, out, channels, stride, count);
}
