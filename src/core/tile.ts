import type { View } from './view.ts';

/**
 * A run of pixels of one image under one view. Channel c of pixel i stands at `c * stride + i`. Everything is
 * worked out when first asked for and shared by all measures of the sweep; the arrays are reused by the next tile.
 */
export interface Tile {
  readonly image: number;
  /** First pixel of the run within its image. */
  readonly start: number;
  readonly count: number;
  readonly stride: number;
  readonly channels: number;
  /** Values as stored (times `view.scores`). */
  readonly scores: Float64Array;
  /** Class id per pixel, -1 where the pixel is ignored; for dense targets 0, or -1 where ignored. */
  readonly labels: Int32Array;
  /** Target value per channel and pixel for binary, multi-label and soft targets; null for class ids. */
  readonly targets: Float64Array | null;
  /** What the last step is applied to; ln p where probabilities are taken as they are. */
  logits(): Float64Array;
  /** Probability per channel. */
  probabilities(): Float64Array;
  /** -ln p per channel. */
  negLogP(): Float64Array;
  /** -ln(1 - p) per channel. */
  negLogQ(): Float64Array;
  /** -ln p of the target class per pixel (class ids only). */
  nll(): Float64Array;
  /** The same pixels under another view that reads the target alike. */
  under(view: View): Tile;
  /** Turns dL/dp or, for `of: 'scores'`, the gradient at the last step's input into the gradient at the stored values, in place. */
  backward(gradient: Float64Array, of: 'probabilities' | 'scores'): void;
}
