import { type Curve, type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryValue, isHard, noSides } from './_binary-cross-entropy.ts';
import { count, reduction } from './_vocabulary.ts';

const options = {
  margin: { type: 'number', default: 1, min: 0, about: 'the score that is asked for on the right side' },
  reduction,
  count,
} as const;

/** mean of max(0, margin - y z)^power on the score of every channel. */
export function hingeLoss(
  power: 1 | 2,
  texts: Pick<Loss, 'id' | 'title' | 'formula' | 'about' | 'when' | 'source'>,
): Loss {
  const curveOf = ({ margin }: { margin: number }): Curve => ({ id: 'hinge', margin, power });
  return loss({
    ...texts,
    family: 'distribution',
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
}
