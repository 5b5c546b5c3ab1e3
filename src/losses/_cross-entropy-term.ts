import { type Loss, type LossValue, loss, type OptionDefinition } from '../core/index.ts';
import { rowWeights } from './_class-rows.ts';
import {
  crossEntropyGradient,
  crossEntropyMeasures,
  crossEntropyValue,
  smoothedInfimum,
  type Weighing,
} from './_cross-entropy.ts';
import { divideBy, labelSmoothing } from './_vocabulary.ts';
import { bceLogits } from './bce-logits.ts';

const curve = { id: 'log' } as const;

/** What the cross-entropy part is when there is no pixel to average over. */
export const allIgnored = {
  type: 'choice',
  default: 'nan',
  choices: ['nan', 'zero'],
  about: 'the cross-entropy part where every pixel is ignored: 0/0 as in torch, or 0 (nnU-Net leaves it out)',
} as const satisfies OptionDefinition;

const options = { 'label-smoothing': labelSmoothing, 'divide-by': divideBy, 'all-ignored': allIgnored } as const;

/** Cross-entropy as a part of a compound: like `ce`, with the choices that libraries make there. */
export const crossEntropyTerm: Loss = loss({
  id: 'ce',
  title: 'cross-entropy',
  family: 'distribution',
  formula: 'L = sum_i w_y l_i / sum_i w_y',
  about: 'Cross-entropy as a part of a compound.',
  when: 'as a part of a compound',
  source: 'torch.nn.CrossEntropyLoss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  activation: () => 'softmax',
  measures: (o) => crossEntropyMeasures(curve, o['label-smoothing']),
  value: (values, o, subject) => {
    const value = crossEntropyValue(values, weighing(o, rowWeights(subject)), subject);
    return o['all-ignored'] === 'zero' && values.pixels.valid === 0 ? nothing(value) : value;
  },
  gradient: (values, o, subject) => crossEntropyGradient(values, curve, weighing(o, rowWeights(subject)), subject),
  infimum: (values, o, subject) =>
    o['all-ignored'] === 'zero' && values.pixels.valid === 0
      ? 0
      : smoothedInfimum(values, weighing(o, rowWeights(subject)), subject),
});

/** Its counterpart for single channels. */
export const binaryCrossEntropyTerm: Loss = {
  ...bceLogits,
  options: { ...bceLogits.options, 'all-ignored': allIgnored },
  value: (values, o, subject) => {
    const value = bceLogits.value(values, o, subject);
    return o['all-ignored'] === 'zero' && values.sums.valid === 0 ? nothing(value) : value;
  },
};

function nothing(value: LossValue): LossValue {
  return { ...value, value: 0 };
}

function weighing(o: { 'label-smoothing': number; 'divide-by': 'weights' | 'count' }, weights: Float64Array): Weighing {
  return { weights, divideBy: o['divide-by'], reduction: 'mean', smoothing: o['label-smoothing'] };
}
