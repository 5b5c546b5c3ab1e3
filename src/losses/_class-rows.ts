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

/** sum_c a_c b_c; a class with a zero factor adds nothing, be the other factor infinite. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) {
    const [x, y] = [a[c] ?? 0, b[c] ?? 0];
    if (x !== 0 && y !== 0) sum += x * y;
  }
  return sum;
}

/** Mean per class: sums over counts, null for a class without pixels. */
export function meanPerClass(sums: Float64Array, counts: Float64Array): (number | null)[] {
  return [...sums].map((sum, row) => ((counts[row] ?? 0) > 0 ? sum / (counts[row] ?? 0) : null));
}
