import { type Loss, loss } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { differenceGradient, differenceValue, elementCountOf } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = { reduction } as const;
const curve = { id: 'absolute' } as const;

/** Mean absolute error of the probabilities. */
export const l1: Loss = loss({
  id: 'l1',
  title: 'mean absolute error',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of |p - g|',
  about:
    'The size of every miss. For a softmax and hard targets 2 / C times the mean of 1 - p_y. Some print the sum and code the mean.',
  when: 'labels are noisy: it forgives confident mistakes more than cross-entropy does',
  source: 'torch.nn.L1Loss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: differences(curve) }),
  value: ({ sums }, o, subject) => differenceValue(sums, elementCountOf(o), subject),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curve, elementCountOf(o), subject),
});
