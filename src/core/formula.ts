import type { Subject } from './case.ts';
import type { LossSpec } from './evaluation.ts';
import type { LossOptions } from './loss.ts';
import type { Predictor, TargetTotals } from './predictor.ts';
import type { View } from './view.ts';

/** Every image of the prediction held against every image of the target. */
export interface Crossed {
  /** For each way to pair them, that of the batch first, the image of the target beside each of the prediction. */
  readonly orders: readonly (readonly number[])[];
  /**
   * What a ratio is made of: of the sums of `each` pair, then a mean; of the `products` of all pairs over the plain sums of the
   * batch; or of `all` sums over all pairs. Losses that are means over pixels are averaged over the pairs in any case.
   */
  readonly sums: 'each' | 'products' | 'all';
}

/** One way a reported number may have been made: the declared loss, changed in a few respects. */
export interface Supposition {
  /** What differs from the declared loss. */
  readonly departures: readonly string[];
  /** Another loss in place of the declared one, as typed. It keeps what the declared loss is handed, and the options that both have. */
  readonly loss?: string;
  readonly options?: LossOptions;
  /** Another way to read the arrays. Only what differs from the wired view counts. */
  readonly view?: View;
  /** Every prediction against every target. */
  readonly crossed?: Crossed;
  /** Other class weights, one per row. */
  readonly weights?: readonly number[];
  /** Of a sum: another factor for each term. */
  readonly terms?: readonly number[];
  /** A predictor in place of the arrays. */
  readonly predictor?: Predictor;
  /** A number in place of the loss. */
  readonly constant?: number;
  /** The values of the single images are added up with these factors, one per image, in place of the loss of the whole. */
  readonly images?: readonly number[];
  /** The loss is multiplied by this, and then this is added. */
  readonly factor?: number;
  readonly offset?: number;
}

/** What a formula may look at when it makes up its suppositions. */
export interface FormulaContext {
  readonly subject: Subject;
  readonly spec: LossSpec;
  /** The terms of a sum; the loss alone where it is none. */
  readonly terms: readonly { readonly factor: number; readonly spec: LossSpec }[];
  readonly wired: View;
  readonly proper: View;
  readonly totals: TargetTotals;
  /** The loss as declared, and the lowest value that its formula has. */
  readonly value: number;
  readonly lowerBound: number;
}

/** What is known of a number without the arrays. */
export interface KnownFacts {
  readonly classes: number;
  /** Share of the pixels that are foreground; null where it is not known. */
  readonly foreground: number | null;
}

/** A number that needs no arrays. */
export interface ClosedForm {
  readonly value: number;
  /** What it is the value of. */
  readonly what: string;
}

/** A family of explanations of a reported value. */
export interface Formula {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** In plain text, l being the declared value. */
  readonly formula: string;
  /** The rule that says why the arrays do not meet, where this formula says what training made of them all the same. */
  readonly mends?: string;
  suppose(context: FormulaContext): readonly Supposition[];
  /** True when it fits many numbers: it stands behind others that fit as well, and is not combined with them. */
  readonly rare?: true;
  /** Values that are known from the number of classes and the share of foreground alone. */
  constants?(facts: KnownFacts): readonly ClosedForm[];
  /** Why the formula may be behind a reported number although these arrays cannot show it; null where it cannot. */
  compatible?(context: FormulaContext, reported: number): string | null;
}
