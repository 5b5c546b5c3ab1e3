import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { scale, weighting } from './_vocabulary.ts';

/** Additive angular margin. */
export const arcface: Embedding = embedding({
  id: 'arcface',
  title: 'additive angular margin loss (ArcFace)',
  formula: 'L = mean_i -ln( exp(s cos(theta_y + m)) / (exp(s cos(theta_y + m)) + sum_{j != y} exp(s cos_j)) )',
  about:
    'Where theta_y + m is above pi the cosine rises again and the loss rewards the wrong direction; implementations fall ' +
    'back to cos_y - m sin m there (fallback). The slope is infinite where the angle is 0 or pi exactly.',
  when: 'the usual choice for embeddings with a margin; with fallback=true if training starts from scratch',
  source: 'Deng et al. 2018, arXiv 1801.07698',
  options: {
    s: scale(64),
    m: { type: 'number', default: 0.5, min: 0, about: 'added to the angle to the own class, in radians' },
    fallback: {
      type: 'boolean',
      default: false,
      about: 'beyond theta + m = pi, take cos - m sin m, as most implementations do',
    },
    ...weighting,
  },
  cosine: () => true,
  evaluate: (set, o) => {
    const margin = { kind: 'angle', m: o.m, fallback: o.fallback } as const;
    return headValue(set, { scale: o.s, featureLength: false, classLength: false, margin }, o);
  },
});
