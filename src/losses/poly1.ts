import { type Curve, type Loss, loss, type Subject } from '../core/index.ts';
import { type LikelihoodSums, likelihood } from '../measures/index.ts';
import { dot, rowWeights } from './_class-rows.ts';
import { rowGradientFactors, rowsValue } from './_rows.ts';
import { divideBy, reduction } from './_vocabulary.ts';

const options = {
  epsilon: { type: 'number', default: 1, min: -1, about: 'weight of the added 1 - p_y' },
  'divide-by': { ...divideBy, default: 'count' },
  reduction,
} as const;

type Options = { epsilon: number; 'divide-by': string; reduction: string };

/** Poly-1 cross-entropy. */
export const poly1: Loss = loss({
  id: 'poly1',
  title: 'Poly-1 cross-entropy',
  family: 'distribution',
  formula: 'L = mean_i w_y [-ln p_iy + epsilon (1 - p_iy)]',
  about:
    'Cross-entropy with the first term of its series in 1 - p weighed anew: a stronger pull on pixels that are nearly right.',
  when: 'as cross-entropy, with one more number to tune',
  source: 'Leng et al. 2022, arXiv 2204.12511',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  measures: (o) => ({ pixels: likelihood(curveOf(o)) }),
  value: ({ pixels }, o, subject) => rowsValue(pixels, rowWeights(subject), divisor(o, pixels, subject)),
  gradient: ({ pixels }, o, subject) => {
    const weights = rowGradientFactors(rowWeights(subject), divisor(o, pixels, subject));
    if (weights === null) return [];
    if (subject.kind === 'exclusive') return [{ kind: 'likelihood', curve: curveOf(o), weights }];
    const [negative, positive] = [weights.slice(0, 1), weights.slice(1)];
    return [{ kind: 'elements', curve: curveOf(o), positive, negative }];
  },
});

function curveOf(o: Options): Curve {
  return { id: 'poly', epsilon: o.epsilon };
}

function divisor(o: Options, pixels: LikelihoodSums, subject: Subject): number {
  if (o.reduction === 'sum') return 1;
  return o['divide-by'] === 'count' ? pixels.valid : dot(rowWeights(subject), pixels.weight);
}
