import { type Loss, loss, type Subject } from '../core/index.ts';
import { inverseFrequency, rowWeights } from './_class-rows.ts';
import {
  type CrossEntropyValues,
  crossEntropyGradient,
  crossEntropyMeasures,
  crossEntropyValue,
  logCurve,
  smoothedInfimum,
  type Weighing,
} from './_cross-entropy.ts';
import { clip, count, divideBy, labelSmoothing, logFloor, reduction } from './_vocabulary.ts';

const options = {
  'divide-by': divideBy,
  'label-smoothing': labelSmoothing,
  reduction,
  count,
  clip,
  'log-floor': logFloor,
} as const;

/** Class-weighted cross-entropy under either normalisation. */
export const weightedCe: Loss = loss({
  id: 'weighted-ce',
  title: 'weighted cross-entropy',
  family: 'distribution',
  formula: 'L = sum_i w_y l_i / sum_i w_y  (divide-by=count: / M)',
  about:
    'Cross-entropy with a weight per class. torch divides by the sum of the weights met, most hand-written code by the ' +
    'number of pixels: the same weights, another number. Without --weights the weights are 1/frequency on these pixels.',
  when: 'a class is rare and plain cross-entropy starves it',
  source: 'torch.nn.CrossEntropyLoss(weight=...); Ronneberger et al. 2015 for the count form',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  activation: () => 'softmax',
  measures: (o) => crossEntropyMeasures(logCurve(o), o['label-smoothing']),
  value: (values, o, subject) => crossEntropyValue(values, weighing(o, values, subject), subject),
  gradient: (values, o, subject) => crossEntropyGradient(values, logCurve(o), weighing(o, values, subject), subject),
  infimum: (values, o, subject) => smoothedInfimum(values, weighing(o, values, subject), subject),
});

type Options = {
  'divide-by': 'weights' | 'count';
  'label-smoothing': number;
  reduction: 'mean' | 'sum';
  count: 'valid' | 'all';
};

function weighing(o: Options, values: CrossEntropyValues, subject: Subject): Weighing {
  const weights = subject.weights === null ? inverseFrequency(values.pixels.weight) : rowWeights(subject);
  return { weights, divideBy: o['divide-by'], reduction: o.reduction, smoothing: o['label-smoothing'], count: o.count };
}
