import type { Case, Placement, Subject } from '../core/index.ts';
import type { Stack } from '../measure/arrays.ts';
import type { TargetMode } from '../measure/target.ts';
import type { StoredValues } from '../measures/index.ts';

/** Two arrays whose values have not all been seen yet. */
export interface Approach {
  /** From a first impression, where values are worth reading once only: what to measure while they are read, and what to settle with. */
  draft(): Interpretation | null;
  /**
   * Says what the arrays are, given their values where they have been seen.
   * @throws UsageError when they are not what the user said.
   */
  settle(values?: readonly StoredValues[]): Interpretation;
}

/** What the arrays are; `pixels` is null where no pixel of one meets a pixel of the other. */
export interface Interpretation {
  readonly subject: Subject;
  readonly pixels: Case | null;
  /** Of arrays that do not fit: what they are once that is put right; null where nothing puts it right. */
  readonly mended: (() => Mended) | null;
  /** The arrays that `pixels` reads, in the order that was settled on. */
  readonly arrays: { readonly prediction: Stack; readonly target: Stack; readonly mode: TargetMode } | null;
}

/** Arrays that were made to fit, and where the target is read for it. */
export interface Mended {
  readonly pixels: Case;
  readonly placement: Placement;
}
