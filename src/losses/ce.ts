import { type Loss, loss } from '../core/index.ts';
import { rowWeights } from './_class-rows.ts';
import {
  crossEntropyGradient,
  crossEntropyMeasures,
  crossEntropyValue,
  logCurve,
  smoothedInfimum,
  type Weighing,
} from './_cross-entropy.ts';
import { clip, count, labelSmoothing, logFloor, reduction } from './_vocabulary.ts';

const options = { 'label-smoothing': labelSmoothing, reduction, count, clip, 'log-floor': logFloor } as const;

/** Cross-entropy over exclusive classes, as torch.nn.functional.cross_entropy computes it. */
export const ce: Loss = loss({
  id: 'ce',
  title: 'cross-entropy',
  family: 'distribution',
  formula: 'L = sum_i w_y l_i / sum_i w_y,  l_i = -ln softmax(z_i)_y',
  about: 'Negative log-likelihood of the labelled class. Applies softmax itself, so it must be handed logits.',
  when: 'the default for exclusive classes; add class weights or a region loss when a class is rare',
  source: 'torch.nn.CrossEntropyLoss; label smoothing: Szegedy et al. 2016',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  activation: () => 'softmax',
  measures: (o) => crossEntropyMeasures(logCurve(o), o['label-smoothing']),
  value: (values, o, subject) => crossEntropyValue(values, weighing(o, rowWeights(subject)), subject),
  gradient: (values, o, subject) =>
    crossEntropyGradient(values, logCurve(o), weighing(o, rowWeights(subject)), subject),
  infimum: (values, o, subject) => smoothedInfimum(values, weighing(o, rowWeights(subject)), subject),
});

function weighing(
  o: { 'label-smoothing': number; reduction: 'mean' | 'sum'; count: 'valid' | 'all' },
  weights: Float64Array,
): Weighing {
  return { weights, divideBy: 'weights', reduction: o.reduction, smoothing: o['label-smoothing'], count: o.count };
}
