import { type Curve, type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryValue, isHard, noSides } from './_binary-cross-entropy.ts';
import { count, reduction } from './_vocabulary.ts';

const options = {
  margin: { type: 'number', default: 1, min: 0, about: 'the score that is asked for on the right side' },
  reduction,
  count,
} as const;

/** Hinge loss on the score of every channel. */
export const hinge: Loss = loss({
  id: 'hinge',
  title: 'hinge loss',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of max(0, margin - y z),  y = 1 or -1',
  about:
    'On the score z, channel by channel. Probabilities fed as scores can never reach 0 on the negatives. From stored probabilities the score ' +
    'is ln p - ln(1 - p).',
  when: 'a margin is wanted rather than probabilities',
  source: 'Cortes and Vapnik 1995',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  measures: (o) => ({ sums: elements(curveOf(o)), totals: targetTotals }),
  value: ({ sums }, o, subject) => binaryValue(sums, { ...noSides, ...o }, subject),
  gradient: ({ sums }, o, subject) => binaryGradient(sums, curveOf(o), { ...noSides, ...o }, subject),
  // A soft target is never met: no term is negative, and that is all that is said.
  infimum: ({ totals }) => (isHard(totals) ? null : 0),
});

function curveOf(o: { margin: number }): Curve {
  return { id: 'hinge', margin: o.margin, power: 1 };
}
