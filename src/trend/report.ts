import type { Change, Verdict } from '../core/index.ts';

/** What happened to a class; one entry per checkpoint. */
export interface TrendClass {
  readonly index: number;
  readonly name: string;
  readonly pixels: number;
  readonly frequency: number;
  /** Of the decisions; null where neither target nor prediction has the class. */
  readonly dice: readonly (number | null)[];
  /** Share of the valid pixels that are predicted to be this class. */
  readonly predicted: readonly number[];
}

export interface TrendLoss {
  readonly loss: string;
  readonly spec: string;
  readonly declared: boolean;
  /** As wired; one entry per checkpoint. */
  readonly values: readonly number[];
  readonly prior: number;
  /** The lowest value that can be reached as wired; null where it is not known. */
  readonly floor: number | null;
}

/** What several exports of the same input say. */
export interface TrendReport {
  readonly target: {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly ignore: readonly number[];
  };
  /** Oldest first. `change` is the step from the one before. */
  readonly checkpoints: readonly {
    readonly path: string;
    readonly dtype: string;
    readonly shape: readonly number[];
    readonly layout: string;
    readonly activation: string;
    readonly change: Change | null;
  }[];
  readonly losses: readonly TrendLoss[];
  readonly classes: readonly TrendClass[];
  /** The first loss, as it should be fed, in either mode. */
  readonly modes: {
    readonly train: { readonly path: string; readonly loss: number };
    readonly eval: { readonly path: string; readonly loss: number };
    readonly change: Change;
  } | null;
  /** Every question about a series, found ones first. */
  readonly verdicts: readonly Verdict[];
}
