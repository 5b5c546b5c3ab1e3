import type { Assumption, Notice } from '../core/index.ts';
import type { Outcome } from './outcome.ts';

/** Before the first and after the last step; null where the target does not hold the class. */
interface BeforeAfter {
  readonly before: number | null;
  readonly after: number | null;
}

export interface DescendedClass {
  readonly index: number;
  readonly name: string;
  /** Of the target, in the sample. */
  readonly pixels: number;
  /** Counted in probabilities. */
  readonly dice: BeforeAfter;
  readonly recall: BeforeAfter;
  /** Share of the squared gradient norm on the pixels of the class, at the start. */
  readonly gradientShare: number | null;
  /** False for a class that is in the target, is not found, and is found no better afterwards; null where nothing was moved. */
  readonly moves: boolean | null;
}

export interface DescendedLoss {
  readonly loss: string;
  readonly spec: string;
  readonly declared: boolean;
  /** As the training code hands it the array, or as the loss should be fed. */
  readonly wiring: 'as-wired' | 'proper';
  readonly start: number;
  readonly end: number;
  /** The lowest value that can be reached as wired, and the infimum of the formula; null where it is not known. */
  readonly floor: number | null;
  readonly lowerBound: number;
  readonly outcome: Outcome;
  /** The outcome in words. */
  readonly verdict: string;
  /** The loss after every step; the first entry is the stored array. */
  readonly trace: readonly number[];
  /** Steps until the weakest class has covered half of what its Dice is short of 1; null when it does not get there. */
  readonly halfway: number | null;
  /** 1 is the loss that does most for the weakest class. */
  readonly rank: number | null;
  readonly classes: readonly DescendedClass[];
}

/** How far losses can fall on an array. */
export interface DescentReport {
  readonly prediction: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly layout: string;
    readonly activation: string;
  };
  readonly target: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly ignore: readonly number[];
  };
  readonly assumptions: readonly Assumption[];
  /** What was moved. */
  readonly moved: string;
  readonly steps: number;
  /** Root of the mean square of what a step changes, over the valid pixels; halved where that does not lower the loss. */
  readonly stepLength: number;
  /** The part of the arrays that was looked at. */
  readonly sample: {
    readonly everyImage: number;
    /** Along each axis. */
    readonly everyPixel: readonly number[];
    readonly pixels: number;
    readonly of: number;
  };
  /** The class of the target with the lowest soft Dice in the stored array. */
  readonly weakest: { readonly index: number; readonly name: string; readonly dice: number } | null;
  readonly losses: readonly DescendedLoss[];
  readonly findings: readonly Notice[];
}
