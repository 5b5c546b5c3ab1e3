import type { Case, Subject } from './case.ts';
import type { Predictor, TargetTotals } from './predictor.ts';
import type { Tile } from './tile.ts';
import type { View } from './view.ts';

/** What a measure, loss or rule asks for, under names of its own choice; undefined where an option makes it needless. */
export type Needs = Readonly<Record<string, Measure<unknown> | undefined>>;

/** The values of those measures. */
export type Values<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Measure<infer T> | undefined ? T | Extract<N[K], undefined> : never;
};

/** A number, or a bundle of numbers, taken from the pixels of a case under a view. */
export type Measure<T> = SweptMeasure<T> | DerivedMeasure<T>;

/** Gathered in the shared sweep: one state per image, filled block by block and merged in block order. */
export interface SweptMeasure<T> {
  readonly kind: 'swept';
  /** With its parameters: two measures with the same id are the same measure. */
  readonly id: string;
  /** What its factory was called with, as plain data: another thread makes the same measure from it. */
  readonly given?: readonly unknown[];
  /** True where it keeps as much as the file holds: handing that from thread to thread would cost more than it saves. */
  readonly bulky?: true;
  /** Measures that must be known before the sweep; they depend on the target only. */
  readonly needs: Needs;
  // biome-ignore lint/suspicious/noExplicitAny: the state is private to the measure; erased here, typed in `swept`.
  start(subject: Subject): any;
  // biome-ignore lint/suspicious/noExplicitAny: erased, see above.
  tile(state: any, tile: Tile, needs: any): void;
  // biome-ignore lint/suspicious/noExplicitAny: erased, see above.
  merge(into: any, from: any): void;
  // biome-ignore lint/suspicious/noExplicitAny: erased, see above.
  finish(states: readonly any[], subject: Subject, needs: any): T;
  /** The value that a predictor of the simple form would give; absent where no loss asks for it. */
  // biome-ignore lint/suspicious/noExplicitAny: erased, see above.
  predicted?(predictor: Predictor, totals: TargetTotals, source: Case, needs: any, view: View): T;
}

/** Worked out from other measures or from the labels, when first touched, once. */
export interface DerivedMeasure<T> {
  readonly kind: 'derived';
  readonly id: string;
  /** True when it looks at the target alone: views that differ in the prediction only share it. */
  readonly ofTarget: boolean;
  /** True when it is rarely touched: what it needs is then swept on its own, and not with what is asked for beforehand. */
  readonly late: boolean;
  readonly needs: Needs;
  // biome-ignore lint/suspicious/noExplicitAny: erased, typed in `derived`.
  compute(values: any, source: Case, view: View): T;
  /** The value for a predictor of the simple form, where no pixel is needed for it; else null, and it is worked out from the other measures. */
  // biome-ignore lint/suspicious/noExplicitAny: erased, see above.
  predicted?(predictor: Predictor, totals: TargetTotals, values: any, source: Case, view: View): T | null;
}

interface SweptParts<T, S, N extends Needs> {
  id: string;
  given?: readonly unknown[];
  bulky?: true;
  needs?: N;
  start(subject: Subject): S;
  tile(state: S, tile: Tile, needs: Values<N>): void;
  merge(into: S, from: S): void;
  finish(states: readonly S[], subject: Subject, needs: Values<N>): T;
  predicted?(predictor: Predictor, totals: TargetTotals, source: Case, needs: Values<N>, view: View): T;
}

/** Declares a swept measure; ties the types of its state and needs together before they are erased. */
// biome-ignore lint/complexity/noBannedTypes: {} is "needs nothing".
export function swept<T, S, N extends Needs = {}>(parts: SweptParts<T, S, N>): SweptMeasure<T> {
  return { kind: 'swept', ...parts, needs: parts.needs ?? {} };
}

/** Declares a derived measure. */
export function derived<T, N extends Needs>(parts: {
  id: string;
  ofTarget?: true;
  late?: true;
  needs: N;
  compute(values: Values<N>, source: Case, view: View): T;
  predicted?(predictor: Predictor, totals: TargetTotals, values: Values<N>, source: Case, view: View): T | null;
}): DerivedMeasure<T> {
  return { kind: 'derived', ofTarget: false, late: false, ...parts };
}
