import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { scale, weighting } from './_vocabulary.ts';

/** Softmax loss over scaled cosines. */
export const normalisedSoftmax: Embedding = embedding({
  id: 'normalised-softmax',
  title: 'normalised softmax loss',
  formula: 'L = mean_i -ln( exp(s cos_y) / sum_j exp(s cos_j) )',
  about:
    'Features and class vectors both have length 1 and the scores are s times a cosine. Without s, or with a small one, ' +
    'the loss cannot come near 0: cosines lie between -1 and 1.',
  when: 'as AM-Softmax, CosFace or ArcFace without their margin',
  source: 'Wang et al. 2017 (NormFace), arXiv 1704.06369',
  options: { s: scale(30), ...weighting },
  cosine: () => true,
  evaluate: (set, o) =>
    headValue(set, { scale: o.s, featureLength: false, classLength: false, margin: { kind: 'none' } }, o),
});
