/**
 * A predictor that knows only whether a pixel belongs to a class: it gives class c the probability `hit[c]` on
 * the pixels of c and `miss[c]` elsewhere. Uniform guessing, the class prior and the best reachable prediction
 * are all of this form, and every measure of a loss has a closed form for them.
 */
export interface Predictor {
  readonly hit: Float64Array;
  readonly miss: Float64Array;
}

/** Totals of the target per image and channel, split by whether the pixel belongs to the channel's class. */
export interface TargetTotals {
  readonly images: number;
  readonly channels: number;
  /** Valid pixels per image. */
  readonly valid: Float64Array;
  readonly ignored: Float64Array;
  /** Pixels with a target above 1/2 in the channel, [image * channels + channel]; for class ids the class count. */
  readonly count: Float64Array;
  /** Sum of the target values over those pixels, and of their squares. */
  readonly sum: Float64Array;
  readonly square: Float64Array;
  /** The same sums over the other valid pixels (0 for hard targets). */
  readonly restSum: Float64Array;
  readonly restSquare: Float64Array;
  /** Pixels whose label is neither a class of the prediction nor ignored. */
  readonly unknown: number;
}
