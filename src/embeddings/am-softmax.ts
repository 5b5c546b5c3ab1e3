import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { scale, weighting } from './_vocabulary.ts';

/** Additive-margin softmax. */
export const amSoftmax: Embedding = embedding({
  id: 'am-softmax',
  title: 'additive-margin softmax loss (AM-Softmax)',
  formula: 'L = mean_i -ln( exp(s (cos_y - m)) / (exp(s (cos_y - m)) + sum_{j != y} exp(s cos_j)) )',
  about:
    'The formula of CosFace with another usual scale, s = 30: the two names print very different numbers for the same features.',
  when: 'a margin that is easy to train: the same everywhere, no angle is computed',
  source: 'Wang et al. 2018, arXiv 1801.05599',
  options: {
    s: scale(30),
    m: { type: 'number', default: 0.35, min: 0, about: 'subtracted from the cosine to the own class' },
    ...weighting,
  },
  cosine: () => true,
  evaluate: (set, o) =>
    headValue(set, { scale: o.s, featureLength: false, classLength: false, margin: { kind: 'cosine', m: o.m } }, o),
});
