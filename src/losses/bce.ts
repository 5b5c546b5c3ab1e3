import { type Loss, loss } from '../core/index.ts';
import { elements, targetTotals } from '../measures/index.ts';
import { binaryGradient, binaryOptions, binaryValue, softInfimum } from './_binary-cross-entropy.ts';
import { logCurve } from './_cross-entropy.ts';
import { clip, logFloor } from './_vocabulary.ts';

const options = { ...binaryOptions, clip, 'log-floor': { ...logFloor, default: -100 as number | null } } as const;

/** Binary cross-entropy on probabilities, channel by channel, with torch's floor under the logarithm. */
export const bce: Loss = loss({
  id: 'bce',
  title: 'binary cross-entropy',
  family: 'distribution',
  formula: 'L = mean over pixels and channels of  -g max(ln p, -100) - (1 - g) max(ln(1 - p), -100)',
  about:
    'Every channel is a yes/no question. Takes probabilities as they are. One wrong pixel costs at most 100, and a ' +
    'saturated one loses its gradient.',
  when: 'the network ends in a sigmoid; prefer bce-logits, which does not saturate',
  source: 'torch.nn.BCELoss; Keras BinaryCrossentropy clips at 1e-7 instead (clip=1e-7)',
  options,
  from: 'probabilities',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  measures: (o) => ({ sums: elements(logCurve(o), logCurve(o), o['label-smoothing'] > 0), totals: targetTotals }),
  value: ({ sums }, o, subject) => binaryValue(sums, o, subject),
  gradient: ({ sums }, o, subject) => binaryGradient(sums, logCurve(o), o, subject),
  infimum: ({ totals }, o, subject) => softInfimum(totals, o, subject),
});
