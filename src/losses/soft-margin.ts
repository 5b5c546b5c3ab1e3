import { type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryValue, noSides, softInfimum } from './_binary-cross-entropy.ts';
import { count, reduction } from './_vocabulary.ts';

const options = { reduction, count } as const;
const curve = { id: 'log' } as const;

/** Soft margin loss. */
export const softMargin: Loss = loss({
  id: 'soft-margin',
  title: 'soft margin loss',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of ln(1 + exp(-y z)),  y = 1 or -1',
  about:
    'The same number as binary cross-entropy with logits for hard targets. torch computes exp as it stands and overflows where exp does ' +
    '(|z| above 88 in float32); here it is taken stably.',
  when: 'use bce-logits instead',
  source: 'torch.nn.SoftMarginLoss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  measures: () => ({ sums: elements(curve), totals: targetTotals }),
  value: ({ sums }, o, subject) => binaryValue(sums, { ...noSides, ...o }, subject),
  gradient: ({ sums }, o, subject) => binaryGradient(sums, curve, { ...noSides, ...o }, subject),
  infimum: ({ totals }, o, subject) => softInfimum(totals, { ...noSides, ...o }, subject),
});
