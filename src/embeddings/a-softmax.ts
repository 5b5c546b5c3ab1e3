import { type Embedding, embedding } from '../core/index.ts';
import { headValue, wholeFactor } from './_head.ts';
import { angleFactor, lambda, weighting } from './_vocabulary.ts';

/** Angular softmax, the loss of SphereFace. */
export const aSoftmax: Embedding = embedding({
  id: 'a-softmax',
  title: 'angular softmax loss (A-Softmax, SphereFace)',
  formula: 'score of y: |x| psi(theta_y), others |x| cos_j; psi = (-1)^k cos(m theta) - 2k on [k pi/m, (k+1) pi/m]',
  about:
    'L-Softmax with class vectors of length 1 and no bias. The margin is wide where classes are far apart and narrow where ' +
    'they are close; training anneals it with lambda.',
  when: 'to compare with published figures; ArcFace and CosFace are easier to train',
  source: 'Liu et al. 2017 (SphereFace), arXiv 1704.08063',
  options: { m: angleFactor, lambda, ...weighting },
  evaluate: (set, o) => {
    const margin = { kind: 'times', m: wholeFactor(o.m), lambda: o.lambda } as const;
    return headValue(set, { scale: 1, featureLength: true, classLength: false, margin }, o);
  },
});
