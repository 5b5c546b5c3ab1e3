import { type Curve, type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryValue, isHard, noSides } from './_binary-cross-entropy.ts';
import { count, reduction } from './_vocabulary.ts';

const options = {
  margin: { type: 'number', default: 1, min: 0, about: 'the score that is asked for on the right side' },
  reduction,
  count,
} as const;

/** Squared hinge loss on the score of every channel. */
export const squaredHinge: Loss = loss({
  id: 'squared-hinge',
  title: 'squared hinge loss',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of max(0, margin - y z)^2,  y = 1 or -1',
  about: 'The hinge loss squared: smooth where the margin is met, and harsh on wrong pixels.',
  when: 'as hinge, with a gradient that fades towards the margin',
  source: 'Keras SquaredHinge; Tang 2013, arXiv 1306.0239',
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
  return { id: 'hinge', margin: o.margin, power: 2 };
}
