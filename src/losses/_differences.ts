import type { GradientField, LossValue, PairCurve, Subject } from '../core/index.ts';
import type { DifferenceSums } from '../measures/index.ts';

/** What a sum over the elements is divided by: `elements` M C, `pixels` M. */
export type Count = 'elements' | 'pixels' | 'nothing';

function divisor(sums: DifferenceSums, count: Count, subject: Subject): number {
  if (count === 'nothing') return 1;
  return count === 'pixels' ? sums.valid : sums.valid * subject.channels;
}

/** factor * sum over elements / divisor. */
export function differenceValue(sums: DifferenceSums, count: Count, subject: Subject, factor = 1): LossValue {
  const binary = subject.kind === 'binary';
  const channels = sums.inside.map((sum, c) => factor * (sum + (sums.outside[c] ?? 0)));
  const sides = [factor * (sums.outside[0] ?? 0), factor * (sums.inside[0] ?? 0)];
  return {
    value: channels.reduce((a, b) => a + b, 0) / divisor(sums, count, subject),
    perClass: binary ? null : [...channels].map((sum) => sum / (sums.valid || Number.NaN)),
    contributions: binary ? sides : [...channels],
  };
}

/** The gradient of the same. */
export function differenceGradient(
  sums: DifferenceSums,
  curve: PairCurve,
  count: Count,
  subject: Subject,
  factor = 1,
): readonly GradientField[] {
  const by = divisor(sums, count, subject);
  return by === 0 ? [] : [{ kind: 'difference', curve, factors: new Float64Array(subject.channels).fill(factor / by) }];
}

/** `mean` over the elements or `sum`. */
export function elementCountOf(o: { readonly reduction: 'mean' | 'sum' }): Count {
  return o.reduction === 'sum' ? 'nothing' : 'elements';
}
