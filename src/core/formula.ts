import type { Subject } from './case.ts';
import type { LossSpec } from './evaluation.ts';
import type { LossOptions } from './loss.ts';
import type { Predictor, TargetTotals } from './predictor.ts';
import type { View } from './view.ts';

/** One way a reported number may have been made: the declared loss, changed in a few respects. */
export interface Supposition {
  /** What differs from the declared loss. */
  readonly departures: readonly string[];
  /** Another loss in place of the declared one, as typed; its `from` is that of the declared loss. */
  readonly loss?: string;
  readonly options?: LossOptions;
  readonly view?: View;
  /** The mean of the loss over these views. */
  readonly views?: readonly View[];
  /** A predictor in place of the arrays. */
  readonly predictor?: Predictor;
  /** The loss is multiplied by this. */
  readonly factor?: number;
}

/** What a formula may look at when it makes up its suppositions. */
export interface FormulaContext {
  readonly subject: Subject;
  readonly spec: LossSpec;
  readonly wired: View;
  readonly proper: View;
  readonly totals: TargetTotals;
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
}
