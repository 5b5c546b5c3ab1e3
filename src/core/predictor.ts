import type { Kind } from './case.ts';

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

/** p = 1/C for exclusive classes; 1/2 where every channel is a question of its own. */
export function uniformPredictor({ channels, kind }: { readonly channels: number; readonly kind: Kind }): Predictor {
  const p = new Float64Array(channels).fill(kind === 'exclusive' ? 1 / channels : 0.5);
  return { hit: p, miss: p };
}

/** p = the class frequency over the valid pixels of the case: the best that knows nothing of the image. */
export function priorPredictor(totals: TargetTotals): Predictor {
  const valid = totals.valid.reduce((a, b) => a + b, 0);
  const p = new Float64Array(totals.channels);
  totals.count.forEach((count, cell) => {
    p[cell % totals.channels] = (p[cell % totals.channels] ?? 0) + count / valid;
  });
  return { hit: p, miss: p };
}
