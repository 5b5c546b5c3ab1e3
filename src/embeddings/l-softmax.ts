import { type Embedding, embedding } from '../core/index.ts';
import { headValue, wholeFactor } from './_head.ts';
import { angleFactor, lambda, weighting } from './_vocabulary.ts';

/** Large-margin softmax. */
export const lSoftmax: Embedding = embedding({
  id: 'l-softmax',
  title: 'large-margin softmax loss (L-Softmax)',
  formula:
    'score of y: |W_y| |x| psi(theta_y), others |W_j| |x| cos_j; psi = (-1)^k cos(m theta) - 2k on [k pi/m, (k+1) pi/m]',
  about:
    'The angle to the own class is multiplied by m, lengths are left alone. Hard to train from scratch: implementations ' +
    'blend psi with the plain cosine (lambda) and print the blended value.',
  when: 'to compare with published figures; ArcFace and CosFace are easier to train',
  source: 'Liu et al. 2016, arXiv 1612.02295',
  options: { m: { ...angleFactor, default: 2 }, lambda, ...weighting },
  evaluate: (set, o) => {
    const margin = { kind: 'times', m: wholeFactor(o.m), lambda: o.lambda } as const;
    return headValue(set, { scale: 1, featureLength: true, classLength: true, margin }, o);
  },
});
