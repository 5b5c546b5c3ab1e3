import { type Loss, loss, type PairCurve } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { differenceGradient, differenceValue, elementCountOf } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = {
  delta: { type: 'number', default: 1, min: 1e-9, about: 'where the parabola ends and the line begins' },
  reduction,
} as const;

/** A parabola that goes on as a line. */
export const huber: Loss = loss({
  id: 'huber',
  title: 'Huber loss',
  family: 'distribution',
  formula: 'L = mean of d^2 / 2 if |d| <= delta, else delta (|d| - delta / 2),  d = p - g',
  about:
    'A parabola that goes on as a line. delta times smooth L1 with beta = delta; some sum it, torch averages over pixels times classes.',
  when: 'as l1, with a smooth minimum',
  source: 'torch.nn.HuberLoss; Huber 1964',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o) => ({ sums: differences(curveOf(o)) }),
  value: ({ sums }, o, subject) => differenceValue(sums, elementCountOf(o), subject),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curveOf(o), elementCountOf(o), subject),
});

function curveOf(o: { delta: number }): PairCurve {
  return { id: 'huber', delta: o.delta };
}
