import { type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryOptions, binaryValue, softInfimum } from './_binary-cross-entropy.ts';

const curve = { id: 'log' } as const;

/** Binary cross-entropy on logits, channel by channel. */
export const bceLogits: Loss = loss({
  id: 'bce-logits',
  title: 'binary cross-entropy with logits',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of  a g softplus(-z) + (1 - g) softplus(z)',
  about:
    'Every channel is a yes/no question. Applies sigmoid itself, so it must be handed logits. Division is never by weights.',
  when: 'one foreground class, or classes that overlap',
  source: 'torch.nn.BCEWithLogitsLoss',
  options: binaryOptions,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  measures: (o) => ({ sums: elements(curve, curve, o['label-smoothing'] > 0), totals: targetTotals }),
  value: ({ sums }, o, subject) => binaryValue(sums, o, subject),
  gradient: ({ sums }, o, subject) => binaryGradient(sums, curve, o, subject),
  infimum: ({ totals }, o, subject) => softInfimum(totals, o, subject),
});
