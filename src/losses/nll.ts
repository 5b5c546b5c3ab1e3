import { type Loss, loss } from '../core/index.ts';
import { rowWeights } from './_class-rows.ts';
import { crossEntropyGradient, crossEntropyMeasures, crossEntropyValue, type Weighing } from './_cross-entropy.ts';
import { reduction } from './_vocabulary.ts';

const options = { reduction } as const;
const curve = { id: 'log' } as const;

/** Negative log-likelihood of log-probabilities; no activation of its own. */
export const nll: Loss = loss({
  id: 'nll',
  title: 'negative log-likelihood',
  family: 'distribution',
  formula: 'L = sum_i w_y (-x_iy) / sum_i w_y,  x = ln p',
  about: 'Picks the labelled channel and negates it: it must be handed log-probabilities (log_softmax).',
  when: 'the network ends in log_softmax',
  source: 'torch.nn.NLLLoss',
  options,
  from: 'log-probabilities',
  kinds: ['exclusive'],
  weighted: true,
  activation: () => 'softmax',
  measures: () => crossEntropyMeasures(curve, 0),
  value: (values, o, subject) => crossEntropyValue(values, weighing(o.reduction, rowWeights(subject)), subject),
  gradient: (values, o, subject) =>
    crossEntropyGradient(values, curve, weighing(o.reduction, rowWeights(subject)), subject),
});

function weighing(how: 'mean' | 'sum', weights: Float64Array): Weighing {
  return { weights, divideBy: 'weights', reduction: how, smoothing: 0 };
}
