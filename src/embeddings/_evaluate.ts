import type { EmbeddingValue } from '../core/index.ts';
import { type EmbeddingArrays, type Opened, openFeatures } from './_features.ts';
import { type EmbeddingSpec, parseEmbedding } from './_spec.ts';

/** Entries of the gradient that are kept as they are. */
const headLength = 8;

/** A loss on features: its value, and its gradient with respect to the stored features in a few numbers. */
export interface EmbeddingEvaluation extends Omit<EmbeddingValue, 'gradient'> {
  readonly spec: EmbeddingSpec;
  readonly gradient: { readonly l2: number; readonly max: number; readonly head: readonly number[] };
}

/** Takes one loss on opened features. */
export function evaluateEmbedding(set: Opened, spec: EmbeddingSpec): EmbeddingEvaluation {
  const { gradient, ...rest } = spec.loss.evaluate(set, spec.options);
  let square = 0;
  let max = 0;
  for (const g of gradient) {
    square += g * g;
    if (!(Math.abs(g) <= max)) max = Math.abs(g);
  }
  return { ...rest, spec, gradient: { l2: Math.sqrt(square), max, head: headOf(set, gradient) } };
}

/** Takes one loss, spelt as on the command line, on stored arrays. */
export function evaluateOn(arrays: EmbeddingArrays & { readonly spec: string }): EmbeddingEvaluation {
  return evaluateEmbedding(openFeatures(arrays), parseEmbedding(arrays.spec));
}

/** First components of the first pixels, ignored ones included: channel by channel when these come first. */
function headOf({ at, dims, pixels }: Opened, gradient: Float64Array): number[] {
  const rows = new Map([...at.subarray(0, headLength)].map((pixel, row) => [pixel, row]));
  return Array.from({ length: Math.min(headLength, pixels * dims) }, (_, k) => {
    const row = rows.get(k % pixels);
    return row === undefined ? 0 : (gradient[row * dims + Math.floor(k / pixels)] ?? 0);
  });
}
