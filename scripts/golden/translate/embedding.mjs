// Embedding losses: the figures' names to ours.
import { byReference, spec } from './_spec.mjs';

/** The class matrix of a row; nothing where class means stand in for it. */
const matrix = (o) => {
  const file = o.W ?? o.centers;
  return file?.endsWith('.npy') ? { weights: file } : {};
};

/** An entry for a loss with a class matrix. */
const withMatrix = (id, options) =>
  byReference({
    plain: (o) => ({ spec: spec(id, { ...options(o), 'class-weights': o.class_weight }), ...matrix(o) }),
  });

/** How triplets are found. */
const mining = (o) => (o.triplets === 'file' ? 'file' : o.mining.replace('_', '-'));

export const embedding = {
  emb_softmax: withMatrix('softmax', () => ({})),
  emb_modified_softmax: withMatrix('modified-softmax', () => ({})),
  emb_norm_softmax: withMatrix('normalised-softmax', (o) => ({ s: o.s })),
  l_softmax: withMatrix('l-softmax', (o) => ({ m: o.m, lambda: o.lambda })),
  a_softmax: withMatrix('a-softmax', (o) => ({ m: o.m, lambda: o.lambda })),
  am_softmax: withMatrix('am-softmax', (o) => ({ s: o.s, m: o.m })),
  cosface: withMatrix('cosface', (o) => ({ s: o.s, m: o.m })),
  arcface: withMatrix('arcface', (o) => ({ s: o.s, m: o.m, fallback: o.fallback })),
  center: byReference({
    plain: (o) => ({ spec: spec('center', { factor: o.factor, reduction: o.reduction }), ...matrix(o) }),
  }),
  triplet: byReference({
    torch: (o) => ({ spec: spec('triplet', { convention: 'torch', margin: o.margin, eps: o.eps, mining: mining(o) }) }),
    plain: (o) => ({
      spec: spec('triplet', {
        convention: 'plain',
        margin: o.margin,
        squared: o.squared,
        normalise: o.normalise,
        mining: mining(o),
      }),
    }),
  }),
  contrastive: byReference({
    plain: (o) => ({
      spec: spec('contrastive', {
        margin: o.margin,
        factor: o.factor,
        reduction: o.reduction,
        pairs: o.pairs === 'file' ? 'file' : 'all',
      }),
    }),
  }),
};
