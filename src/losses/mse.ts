import { type Loss, loss } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { differenceGradient, differenceValue, elementCountOf } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = { reduction } as const;
const curve = { id: 'square' } as const;

/** Mean squared error of the probabilities. */
export const mse: Loss = loss({
  id: 'mse',
  title: 'mean squared error',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of (p - g)^2',
  about:
    'The square of every miss, averaged over pixels times classes. The Brier score sums over the classes instead (C times as much), and some ' +
    'call its root L2. Handed logits (from=probabilities) it has no floor at 0.',
  when: 'calibrated probabilities matter more than steep gradients; a wrong, sure pixel hardly moves it',
  source: 'torch.nn.MSELoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: differences(curve) }),
  value: ({ sums }, o, subject) => differenceValue(sums, elementCountOf(o), subject),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curve, elementCountOf(o), subject),
});
