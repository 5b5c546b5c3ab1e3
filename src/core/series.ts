/** How far the probabilities of two exports of the same input are apart, over the valid pixels and all channels. */
export interface Change {
  /** Root of the mean square, and mean of the absolute difference. */
  readonly rms: number;
  readonly mean: number;
}

/** One of several exports of the same input, and the first loss on it. */
export interface SeriesExport {
  readonly path: string;
  readonly loss: number;
}

/** What several exports of the same input say of a network. */
export interface Series {
  /** The loss that the values are of, as typed. */
  readonly spec: string;
  /** Oldest first; `change` is the step from the one before, null for the first. */
  readonly checkpoints: readonly (SeriesExport & { readonly change: Change | null })[];
  /** What the class prior scores, and the lowest value that can be reached as wired (NaN where it is not known). */
  readonly prior: number;
  readonly floor: number;
  /** The same weights in training and in evaluation mode; the losses are taken as they should be fed. */
  readonly modes: { readonly train: SeriesExport; readonly eval: SeriesExport; readonly change: Change } | null;
}
