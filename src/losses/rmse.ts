import { type Loss, type LossValue, loss, type Subject } from '../core/index.ts';
import { type DifferenceSums, differences } from '../measures/index.ts';
import { differenceGradient, differenceValue } from './_differences.ts';

const options = {} as const;
const curve = { id: 'square' } as const;

/** Root of the mean squared error. */
export const rmse: Loss = loss({
  id: 'rmse',
  title: 'root mean squared error',
  family: 'distribution',
  formula: 'L = sqrt(mean over pixels and channels of (p - g)^2)',
  about:
    'The root of mse, often called L2; others mean mse itself by that name. Its gradient is 0/0 at the perfect prediction.',
  when: 'to report an error in the units of the probabilities; train with mse',
  source: 'textbook',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: differences(curve) }),
  value: ({ sums }, _, subject) => root(sums, subject),
  // d sqrt(m) = dm / (2 sqrt(m)).
  gradient: ({ sums }, _, subject) =>
    differenceGradient(sums, curve, 'elements', subject, 1 / (2 * root(sums, subject).value)),
});

function root(sums: DifferenceSums, subject: Subject): LossValue {
  const { value, perClass } = differenceValue(sums, 'elements', subject);
  return {
    value: Math.sqrt(value),
    perClass: perClass?.map((square) => (square === null ? null : Math.sqrt(square))) ?? null,
    contributions: null,
  };
}
