import type { Activation, LossSpec } from '../core/index.ts';

/** What the user said of the arrays; null and empty where nothing was said. */
export interface Settings {
  readonly specs: readonly LossSpec[];
  readonly layout: string | null;
  readonly activation: Activation | null;
  readonly classes: number | null;
  readonly names: readonly string[] | null;
  readonly ignore: readonly number[];
  readonly spacing: readonly number[] | null;
  /** Class weights as numbers, or a recipe that makes them from the pixels per class. */
  readonly weights: readonly number[] | ((pixels: readonly number[]) => readonly number[]) | null;
}
