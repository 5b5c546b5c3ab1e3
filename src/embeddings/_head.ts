import { type EmbeddingSet, type EmbeddingValue, UsageError } from '../core/index.ts';
import { type Head, headLoss } from '../kernels/index.ts';

interface Weighting {
  readonly 'class-weights': readonly number[] | null;
  readonly 'divide-by': string;
  readonly reduction: string;
}

/** Cross-entropy over scores with a margin on the true class: what all losses with a class matrix are. */
export function headValue(set: EmbeddingSet, head: Head, o: Weighting): EmbeddingValue {
  const given = o['class-weights'];
  if (given !== null && given.length !== set.names.length) {
    throw new UsageError(
      `class-weights has ${given.length} entries and there are ${set.names.length} classes (${set.names.join(', ')}); give one per class`,
    );
  }
  const weights = Float64Array.from(given ?? set.names.map(() => 1));
  const gradient = new Float64Array(set.rows.length);
  const sums = headLoss(set.rows, set.labels, set.dims, set.prototypes, head, weights, gradient);
  const by = o.reduction === 'sum' ? 1 : o['divide-by'] === 'count' ? sums.count : sums.weight;
  return {
    value: sums.sum / by,
    gradient: gradient.map((g) => g / by),
    terms: sums.count,
    unit: 'pixels',
    violations: sums.violations,
    skipped: sums.skipped,
    poles: sums.poles,
    beyond: sums.beyond,
    sampled: null,
  };
}

/** The factor on an angle. */
export function wholeFactor(m: number): number {
  if (Number.isInteger(m)) return m;
  throw new UsageError(`m=${m} is not a whole number; it multiplies an angle and is 1, 2, 3 or 4 as a rule`);
}
