import type { OptionTable, OptionValues } from './options.ts';

/** Exported features, one row per valid pixel, with the class of each. */
export interface EmbeddingSet {
  /** count x dims, row-major. */
  readonly rows: Float64Array;
  readonly count: number;
  readonly dims: number;
  /** Class of each row, as an index into `names` and `prototypes`. */
  readonly labels: Int32Array;
  /** The label that each class has in the mask. */
  readonly names: readonly number[];
  /** One vector per class, classes x dims: the class matrix of a file, or the means of the features, taken as constants. */
  readonly prototypes: Float64Array;
  readonly prototypesFrom: 'file' | 'class means';
  /** Anchor, positive, negative per triplet, as row indices; null without a file. */
  readonly triplets: Int32Array | null;
  /** Two row indices per pair; null without a file. */
  readonly pairs: Int32Array | null;
}

export interface EmbeddingValue {
  readonly value: number;
  /** dL/dx, count x dims. */
  readonly gradient: Float64Array;
  /** How many terms the value is made of, and what they are. */
  readonly terms: number;
  readonly unit: 'pixels' | 'triplets' | 'pairs';
  /** Terms that do not keep the margin; null for losses without one. */
  readonly violations: number | null;
  /** Rows left out because a zero vector has no direction. */
  readonly skipped: number;
  /** Rows whose angle to their own class is 0 or pi exactly, where an angular margin has no slope. */
  readonly poles: number;
  /** Rows whose angle plus margin is above pi, where the cosine of it rises again. */
  readonly beyond: number;
  /** Rows that were looked at, where a sample had to do. */
  readonly sampled: number | null;
}

/** A loss on features instead of scores per class. */
export interface Embedding {
  readonly id: string;
  readonly title: string;
  /** x feature, y its class, W_j the vector of class j, cos_j and theta_j between x and W_j. */
  readonly formula: string;
  readonly about: string;
  readonly when: string;
  readonly source: string;
  readonly options: OptionTable;
  /** True when only the direction of a feature counts, given the options. */
  cosine(options: EmbeddingOptions): boolean;
  /** Value and gradient; the loops are the kernels'. */
  evaluate(set: EmbeddingSet, options: EmbeddingOptions): EmbeddingValue;
}

// biome-ignore lint/suspicious/noExplicitAny: each loss types its own options in `embedding`; erased here.
export type EmbeddingOptions = any;

interface EmbeddingParts<O extends OptionTable> extends Omit<Embedding, 'options' | 'evaluate' | 'cosine'> {
  options: O;
  cosine?(options: OptionValues<O>): boolean;
  evaluate(set: EmbeddingSet, options: OptionValues<O>): EmbeddingValue;
}

/** Declares an embedding loss; ties the types of its options together before they are erased. */
export function embedding<const O extends OptionTable>(parts: EmbeddingParts<O>): Embedding {
  return { cosine: () => false, ...parts };
}
