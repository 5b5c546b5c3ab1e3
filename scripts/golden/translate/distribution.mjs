// Distribution losses: the figures' names to ours.
import { byReference, clamp, divideBy, lowerClamp, spec } from './_spec.mjs';

export const distribution = {
  ce: byReference({
    plain: (o) => ({ spec: spec('ce', { from: 'probabilities', ...clamp(o.clamp) }) }),
    torch: (o) => ({ spec: spec('ce', { reduction: o.reduction }) }),
  }),
  wce: byReference({
    plain: (o) => ({ spec: spec('weighted-ce', { 'divide-by': divideBy[o.divide_by] }), weights: o.weight }),
    torch: (o) => ({
      spec: spec('weighted-ce', { 'divide-by': o.target === 'one-hot probabilities' ? 'count' : undefined }),
      weights: o.weight,
    }),
  }),
  topk: byReference({
    plain: (o) => ({ spec: spec('topk', { k: o.k }) }),
  }),
  topk_threshold: byReference({
    plain: (o) => ({ spec: spec('topk', { threshold: o.threshold, by: o.by === 'max' ? 'winner' : 'target' }) }),
  }),
  focal_softmax: byReference({
    plain: (o, row) => ({
      spec: spec('focal', {
        from: row.from === 'probs' ? 'probabilities' : undefined,
        gamma: o.gamma,
        alpha: o.alpha,
        'divide-by': o.divide_by === 'pixels*classes' ? 'elements' : undefined,
        ...lowerClamp(o.clamp),
      }),
    }),
  }),
  focal_sigmoid: byReference({
    plain: (o) => ({ spec: spec('focal', { activation: 'sigmoid', gamma: o.gamma, alpha: o.alpha }) }),
  }),
  dpce: byReference({
    plain: (o, row) => ({
      spec: spec('dpce', {
        from: row.from === 'probs' ? 'probabilities' : undefined,
        normalise: o.normalise,
        plus: o.plus,
        'divide-by': divideBy[o.divide_by],
        ...lowerClamp(o.clamp),
      }),
    }),
  }),
  bce_alpha: byReference({
    plain: (o) => ({ spec: spec('bce-logits', { alpha: o.alpha }) }),
  }),
  bce_label_smoothing: byReference({
    plain: (o) => ({ spec: spec('bce-logits', { 'label-smoothing': o.label_smoothing }) }),
  }),
  ce_label_smoothing: byReference({
    torch: (o) => ({ spec: spec('ce', { 'label-smoothing': o.label_smoothing }), weights: o.weight }),
  }),
  bce: byReference({
    torch: (o, row) => {
      if (row.reference === 'torch.nn.BCELoss') return { spec: spec('bce', { from: 'auto' }) };
      return { spec: spec('bce-logits', { 'pos-weight': o.pos_weight }) };
    },
  }),
};
