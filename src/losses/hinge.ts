import type { Loss } from '../core/index.ts';
import { hingeLoss } from './_hinge.ts';

/** Hinge loss on the score of every channel. */
export const hinge: Loss = hingeLoss(1, {
  id: 'hinge',
  title: 'hinge loss',
  formula: 'L = mean over pixels and channels of max(0, margin - y z),  y = 1 or -1',
  about:
    'On the score z, channel by channel. Probabilities fed as scores can never reach 0 on the negatives. From stored probabilities the score ' +
    'is ln p - ln(1 - p).',
  when: 'a margin is wanted rather than probabilities',
  source: 'Cortes and Vapnik 1995',
});
