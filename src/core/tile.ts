import type { Step, View } from './view.ts';

/** Numbers of a tile: singles where the file holds no more, else doubles. */
export type Reals = Float32Array | Float64Array;

/** Class ids of a whole image, in as few bytes as they need. */
export type Labels = Int8Array | Int16Array | Int32Array;

/** What a softmax makes of scores: probabilities, and per pixel the largest score and ln sum e^(z - largest). */
export interface SoftmaxParts {
  readonly p: Reals;
  readonly top: Reals;
  readonly logSum: Reals;
}

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
  readonly scores: Reals;
  /** Class id per pixel, -1 where the pixel is ignored; for dense targets 0, or -1 where ignored. */
  readonly labels: Int32Array;
  /** Target value per channel and pixel for binary, multi-label and soft targets; null for class ids. */
  readonly targets: Reals | null;
  /** True where logarithms are taken of the probabilities as they are, and not from the scores. */
  readonly rounded: boolean;
  /** The last step; undefined where the stored values are taken as they are. */
  readonly last: Step | undefined;
  /** What the last step is applied to; ln p where probabilities are taken as they are. */
  logits(): Reals;
  /** Probability per channel. */
  probabilities(): Reals;
  /** A softmax of what the last step is applied to, whatever that step is. */
  softmax(): SoftmaxParts;
  /** -ln p per channel. */
  negLogP(): Reals;
  /** -ln(1 - p) per channel. */
  negLogQ(): Reals;
  /** -ln p of the target class per pixel (class ids only). */
  nll(): Reals;
  /** Row of the per-class table per pixel: the class id, or 0 and 1 for the two sides of a one-channel target; -1 where ignored. */
  rows(): Int32Array;
  /** Numbers worked out once per tile and view, under a name of the caller's choice. */
  kept(name: string, length: number, fill: (out: Reals) => void): Reals;
  /** Sums worked out once per tile for all views with the same steps, likewise: set to 0 before they are filled. */
  sums(name: string, length: number, fill: (out: Float64Array) => void): Float64Array;
  /** Working space of the sweep under a name of the caller's choice: the same array at every tile. */
  scratch(name: string, length: number): Reals;
  /** The same pixels under another view that reads the target alike. */
  under(view: View): Tile;
  /** Turns dL/dp or, for `of: 'scores'`, the gradient at the last step's input into the gradient at the stored values, in place. */
  backward(gradient: Reals, of: 'probabilities' | 'scores'): void;
}
