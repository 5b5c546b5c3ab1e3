import type { NdArray, Report } from './core/index.ts';
import { descendArrays } from './descend/descend.ts';
import type { DescentReport } from './descend/report.ts';
import { type EmbeddingReport, embeddingReport } from './embeddings/_report.ts';
import { type DescendOptions, type DiagnoseOptions, journeyOf, requestOf, type TrendOptions } from './options.ts';
import { runCase } from './pipeline.ts';
import { report } from './report/report.ts';
import type { TrendReport } from './trend/report.ts';
import { trendArrays } from './trend/trend.ts';

/**
 * Diagnoses a prediction and its target: works out what the arrays are, recomputes the losses, names the defects.
 * Shapes: prediction [N, C, H, W] or any order and subset of these axes ([H, W] to [N, C, D, H, W]), target the same
 * without C, or with as many channels. Runs in Node and in browsers.
 * @throws InputError when the arrays cannot be judged, UsageError when an option makes no sense.
 */
export function diagnose(prediction: NdArray, target: NdArray, options: DiagnoseOptions = {}): Report {
  const named = { path: 'prediction', array: prediction };
  return report([runCase('case', named, { path: 'target', array: target }, requestOf(options))]);
}

/**
 * Plain gradient descent on a prediction: how far the declared losses can fall as they are wired, and what other losses would do to the same arrays in
 * as many steps. Shapes and options as for `diagnose`.
 * @throws InputError when the arrays cannot be judged, UsageError when an option makes no sense.
 */
export function descend(prediction: NdArray, target: NdArray, options: DescendOptions = {}): DescentReport {
  const { steps, onStep, ...rest } = options;
  const named = { path: 'prediction', array: prediction };
  return descendArrays(named, { path: 'target', array: target }, requestOf(rest), journeyOf({ steps, onStep }));
}

/**
 * Compares several predictions for the same input, oldest first: loss, Dice per class, how far the output moved. Shapes and options as for `diagnose`.
 * @throws InputError when the arrays cannot be judged, UsageError when an option makes no sense.
 */
export function trend(
  checkpoints: readonly NdArray[],
  target: NdArray,
  { modes, ...options }: TrendOptions<NdArray> = {},
): TrendReport {
  const named = (array: NdArray, name: string) => ({ path: name, array });
  const exports = {
    checkpoints: checkpoints.map((array, k) => named(array, `checkpoint ${k + 1}`)),
    modes: modes?.map((array, k) => named(array, k === 0 ? 'training mode' : 'evaluation mode')) ?? null,
  };
  return trendArrays(exports, named(target, 'target'), requestOf(options));
}

/** What can be said of exported features besides. */
export interface EmbedOptions {
  /** Embedding losses as typed: `arcface:s=30`; all of them when left out. */
  readonly loss?: string | readonly string[] | undefined;
  readonly ignoreIndex?: number | readonly number[] | undefined;
  /** Class matrix [C, D], vector j for label j; without it the means of the features stand in for it. */
  readonly weights?: NdArray | undefined;
  /** Flat pixel indices: anchor, positive, negative per row [n, 3]; two pixels per row [n, 2]. */
  readonly triplets?: NdArray | undefined;
  readonly pairs?: NdArray | undefined;
}

/**
 * Embedding losses on exported features: values, gradients, angles within and between classes, and what is wrong with them.
 * Shapes: features [D, H, W] or [D, Z, H, W] (D may also stand second or last), mask the same without D.
 * @throws InputError when shapes or labels do not fit, UsageError when a loss or an option makes no sense.
 */
export function embed(features: NdArray, mask: NdArray, options: EmbedOptions = {}): EmbeddingReport {
  const { loss = [], ignoreIndex = [], ...files } = options;
  return embeddingReport({
    ...files,
    features,
    mask,
    paths: { features: 'features', mask: 'mask' },
    ignore: [ignoreIndex].flat(),
    specs: [loss].flat(),
  });
}

export {
  type Assumption,
  type CaseReport,
  type DeepSupervision,
  type DType,
  deepSupervisionWeights,
  type Effect,
  type Embedding,
  type EmbeddingSet,
  type EmbeddingValue,
  type Evidence,
  type Fix,
  type Formula,
  type Hints,
  InputError,
  type Loss,
  type NdArray,
  type Notice,
  type NumericData,
  ndarray,
  type Report,
  type Reporter,
  type Rule,
  UsageError,
  type Verdict,
} from './core/index.ts';
export type { DescendedClass, DescendedLoss, DescentReport } from './descend/report.ts';
export type { ClassAngles, EmbeddingReport } from './embeddings/_report.ts';
export { embeddings } from './embeddings/index.ts';
export { formulas } from './formulas/index.ts';
export { losses } from './losses/index.ts';
export { type Direct, evaluateOn } from './measure/direct.ts';
export { npy, png } from './readers/index.ts';
export { reporters } from './reporters/index.ts';
export { rules } from './rules/index.ts';
export type { TrendClass, TrendLoss, TrendReport } from './trend/report.ts';
export { type DescendOptions, type DiagnoseOptions, report, type TrendOptions };
