import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { scale, weighting } from './_vocabulary.ts';

/** Large-margin cosine loss. */
export const cosface: Embedding = embedding({
  id: 'cosface',
  title: 'large-margin cosine loss (CosFace, LMCL)',
  formula: 'L = mean_i -ln( exp(s (cos_y - m)) / (exp(s (cos_y - m)) + sum_{j != y} exp(s cos_j)) )',
  about:
    'The formula of AM-Softmax with another usual scale, s = 64. A loss of 20 and more is usual at the start of training, and no sign of a defect.',
  when: 'a margin that is easy to train: the same everywhere, no angle is computed',
  source: 'Wang et al. 2018, arXiv 1801.09414',
  options: {
    s: scale(64),
    m: { type: 'number', default: 0.35, min: 0, about: 'subtracted from the cosine to the own class' },
    ...weighting,
  },
  cosine: () => true,
  evaluate: (set, o) =>
    headValue(set, { scale: o.s, featureLength: false, classLength: false, margin: { kind: 'cosine', m: o.m } }, o),
});
