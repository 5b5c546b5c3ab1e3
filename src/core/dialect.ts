import type { Kind } from './case.ts';

/** A loss of a library, in our words. */
export interface DialectLoss {
  /** As the library names it: `DiceLoss`. */
  readonly name: string;
  /** Our loss with the options that make it the library's defaults, as typed after --loss. */
  readonly spec: string;
  /** What the defaults are, in words: why this number differs from another library's. */
  readonly because: string;
  /** Kinds of problem for which these defaults hold; all of the loss's when absent. */
  readonly kinds?: readonly Kind[];
  /** What is known to be wrong in the library's code; the value is what that code computes. */
  readonly wrong?: string;
}

/** The losses of one library under its defaults. */
export interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Versions or sources that the defaults were read from. */
  readonly source: string;
  readonly losses: readonly DialectLoss[];
}
