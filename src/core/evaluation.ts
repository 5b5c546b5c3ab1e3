import type { From, Loss, LossOptions, LossValue } from './loss.ts';
import type { View } from './view.ts';

/** A loss as the user or lossprobe spelt it: `focal:gamma=3`. */
export interface LossSpec {
  readonly loss: Loss;
  readonly options: LossOptions;
  readonly from: From;
  /** The words typed (or made up) for it. */
  readonly text: string;
  readonly declared: boolean;
}

/** The gradient of one term of a sum beside the others. */
export interface TermGradient {
  /** Euclidean norm, the term's factor included. */
  readonly l2: number;
  /** Its share of the sum of the terms' norms. */
  readonly share: number;
  /** Cosine of the angle to the gradient of every term, itself included; NaN where one of the two is 0. */
  readonly cosines: readonly number[];
}

export interface GradientSummary {
  /** Euclidean norm and largest absolute value of dL/d(stored array). */
  readonly l2: number;
  readonly max: number;
  /** Share of the squared norm on the pixels of each class. */
  readonly perClass: readonly number[];
  /** Share of pixels whose gradient is below 1e-6 in every channel. */
  readonly vanishing: number;
  /** The first eight entries in the order of the stored array. */
  readonly head: readonly number[];
  /** Term by term, where the loss is a sum. */
  readonly terms?: readonly TermGradient[];
}

/** One term of a sum: its spec, what it is multiplied by, and its own value. */
export interface TermEvaluation {
  readonly spec: LossSpec;
  readonly factor: number;
  readonly value: LossValue;
  readonly gradient: TermGradient | null;
}

/** A loss on a case, as the training code computes it, with what puts the number into perspective. */
export interface Evaluation extends LossValue {
  readonly spec: LossSpec;
  /** How the training code reads the stored array, and how it should. They differ where there is a defect. */
  readonly wired: View;
  readonly proper: View;
  /** The loss under `proper`; equal to `value` when the wiring is right. */
  readonly properValue: LossValue;
  readonly gradient: GradientSummary | null;
  /** What the uniform predictor and the class-prior predictor score. */
  readonly uniform: number;
  readonly prior: number;
  /** The lowest value that can be reached as wired. */
  readonly floor: number;
  readonly lowerBound: number;
  /** Why there is no value, when the training code would raise an error; null otherwise. */
  readonly raises: string | null;
  /** Term by term, where the loss is a sum. */
  readonly terms?: readonly TermEvaluation[];
}

/** Which losses the table shows besides the declared ones: the usual ones, every loss there is, or none. */
export type TableChoice = 'usual' | 'all' | 'none';
