import type { Subject } from '../core/index.ts';

/** A weight per row of the per-class table: those given, or 1. */
export function rowWeights(subject: Subject): Float64Array {
  return Float64Array.from({ length: subject.rows }, (_, row) => subject.weights?.[row] ?? 1);
}

/** 1 / frequency of each class that occurs, scaled so that the weights of the pixels average to 1; 0 for absent classes. */
export function inverseFrequency(pixels: Float64Array): Float64Array {
  const present = pixels.filter((n) => n > 0).length;
  const valid = pixels.reduce((a, b) => a + b, 0);
  return pixels.map((n) => (n > 0 ? valid / (present * n) : 0));
}

/** weight * sum; a class without weight adds nothing, be its sum infinite. */
export function times(weight: number, sum = 0): number {
  return weight === 0 || sum === 0 ? 0 : weight * sum;
}

/** sum_c weight_c sum_c. */
export function dot(weights: Float64Array, sums: Float64Array): number {
  return weights.reduce((total, weight, c) => total + times(weight, sums[c]), 0);
}

/** Mean per class: sums over counts, null for a class without pixels. */
export function meanPerClass(sums: Float64Array, counts: Float64Array): (number | null)[] {
  return [...sums].map((sum, row) => ((counts[row] ?? 0) > 0 ? sum / (counts[row] ?? 0) : null));
}
