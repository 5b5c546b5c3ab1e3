import type { Activation, Crew, LossSpec, StoredArray } from '../core/index.ts';

/** An array and what to call it. */
export interface Named {
  readonly path: string;
  readonly array: StoredArray;
}

/** What the user said of the arrays; null and empty where nothing was said. */
export interface Settings {
  readonly specs: readonly LossSpec[];
  readonly layout: string | null;
  readonly activation: Activation | null;
  readonly classes: number | null;
  readonly names: readonly string[] | null;
  readonly ignore: readonly number[];
  readonly spacing: readonly number[] | null;
  /** Threads that take a share of every sweep. */
  readonly crew?: Crew | null;
  /** float64 throughout. */
  readonly exact: boolean;
  /** Class weights as numbers, or a recipe that makes them from the pixels per class. */
  readonly weights: readonly number[] | ((pixels: readonly number[]) => readonly number[]) | null;
}
