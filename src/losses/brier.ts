import { type Loss, loss } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { type Count, differenceGradient, differenceValue } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = { reduction } as const;
const curve = { id: 'square' } as const;

/** Brier score. */
export const brier: Loss = loss({
  id: 'brier',
  title: 'Brier score',
  family: 'distribution',
  formula: 'L = mean over pixels of sum_c (p_c - g_c)^2',
  about:
    'Squared error summed over the classes and averaged over the pixels: C times mse. For one channel the two are the same.',
  when: 'to judge calibration; between 0 and 2 for a softmax',
  source: 'Brier 1950',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: differences(curve) }),
  value: ({ sums }, o, subject) => differenceValue(sums, countOf(o), subject),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curve, countOf(o), subject),
});

function countOf(o: { reduction: 'mean' | 'sum' }): Count {
  return o.reduction === 'sum' ? 'nothing' : 'pixels';
}
