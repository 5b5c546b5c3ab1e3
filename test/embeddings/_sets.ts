import fc from 'fast-check';
import { ndarray } from '../../src/core/index.ts';
import { type Opened, openFeatures } from '../../src/embeddings/_features.ts';
import { random } from '../_arrays.ts';

/** Features [D, H, W] and mask as plain numbers. */
export interface Sample {
  readonly dims: number;
  readonly values: readonly number[];
  readonly labels: readonly number[];
  readonly weights: readonly number[] | null;
  readonly classes: number;
}

/** Random features in general position, two to four classes of at least two pixels each. */
export const anySample: fc.Arbitrary<Sample> = fc
  .record({
    dims: fc.integer({ min: 2, max: 4 }),
    classes: fc.integer({ min: 2, max: 4 }),
    own: fc.boolean(),
    seed: fc.nat(1_000_000),
  })
  .map(({ dims, classes, own, seed }) => {
    const next = random(seed);
    const pixels = 2 * classes + 3;
    const numbers = (length: number): number[] => Array.from({ length }, () => 4 * next() - 2);
    return {
      dims,
      classes,
      values: numbers(dims * pixels),
      labels: Array.from({ length: pixels }, (_, i) => i % classes),
      weights: own ? numbers(classes * dims) : null,
    };
  });

/** Opens a sample. */
export function opened({ dims, values, labels, weights, classes }: Sample): Opened {
  const float = (data: readonly number[], shape: readonly number[]) =>
    ndarray(Float64Array.from(data), shape, 'float64');
  return openFeatures({
    features: float(values, [dims, 1, labels.length]),
    mask: ndarray(Uint8Array.from(labels), [1, labels.length], 'uint8'),
    weights: weights === null ? undefined : float(weights, [classes, dims]),
  });
}
