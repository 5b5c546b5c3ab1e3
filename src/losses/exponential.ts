import { type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryValue, isHard, noSides } from './_binary-cross-entropy.ts';
import { count, reduction } from './_vocabulary.ts';

const options = { reduction, count } as const;
const curve = { id: 'exponential' } as const;
/** Exponential loss on the score of every channel. */
export const exponential: Loss = loss({
  id: 'exponential',
  title: 'exponential loss',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of exp(-y z),  y = 1 or -1',
  about:
    'The loss of boosting. One wrong pixel with a large score outweighs everything else, and overflows float32 from |z| = 88.',
  when: 'hardly ever for segmentation; clip the scores if you must',
  source: 'Freund and Schapire 1997',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  measures: () => ({ sums: elements(curve), totals: targetTotals }),
  value: ({ sums }, o, subject) => binaryValue(sums, { ...noSides, ...o }, subject),
  gradient: ({ sums }, o, subject) => binaryGradient(sums, curve, { ...noSides, ...o }, subject),
  // A soft target is never met: no term is negative, and that is all that is said.
  infimum: ({ totals }) => (isHard(totals) ? null : 0),
});
