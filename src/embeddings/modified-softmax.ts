import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { weighting } from './_vocabulary.ts';

/** Softmax loss with class vectors of length 1. */
export const modifiedSoftmax: Embedding = embedding({
  id: 'modified-softmax',
  title: 'modified softmax loss',
  formula: 'L = mean_i -ln( exp(|x| cos_y) / sum_j exp(|x| cos_j) )',
  about:
    'The class vectors have length 1, so that only the angle decides which class wins; the length of the feature still ' +
    'says how sure.',
  when: 'as A-Softmax without its margin',
  source: 'Liu et al. 2017, arXiv 1704.08063',
  options: weighting,
  evaluate: (set, o) =>
    headValue(set, { scale: 1, featureLength: true, classLength: false, margin: { kind: 'none' } }, o),
});
