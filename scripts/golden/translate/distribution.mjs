// Distribution losses: the figures' names to ours.
import { byReference, clamp, divideBy, lowerClamp, spec } from './_spec.mjs';

/** An entry that everybody agrees on. */
function alike(id, options = () => ({})) {
  return (row) => ({ spec: spec(id, options(row.options, row)) });
}

/** What a file of probabilities is handed as to a loss that takes logits by default. */
const stored = (row) => (row.from === 'probs' ? 'probabilities' : undefined);

/** MONAI's alpha over a softmax: 1 - alpha on class 0, alpha on all others; void without the background. */
function monaiAlpha({ alpha, include_background: background }, { classes }) {
  if (alpha === undefined || background === false) return undefined;
  return Array.from({ length: classes }, (_, c) => (c === 0 ? 1 - alpha : alpha));
}

const monaiFocal = (o, _row, input) => ({
  spec: spec('focal', {
    activation: o.use_softmax ? 'softmax' : 'sigmoid',
    gamma: o.gamma ?? 2,
    alpha: o.use_softmax ? monaiAlpha(o, input) : o.alpha,
    background: o.include_background,
    'divide-by': 'elements',
    reduction: o.reduction === 'sum' ? 'sum-of-means' : undefined,
  }),
  weights: o.weight,
});

const smpFocal = (o, row) => ({
  spec: spec('focal', {
    from: stored(row),
    activation: 'sigmoid',
    gamma: o.gamma ?? 2,
    alpha: o.alpha,
    normalised: o.normalized,
    'reduced-threshold': o.reduced_threshold,
    // Probabilities are clipped and their logarithm goes into the sigmoid.
    ...(o.from_logits === false ? { odds: true, clip: 1e-7 } : {}),
    'divide-by': 'weights',
  }),
  weights: o.class_weights,
});

const topk = (o) => ({ spec: spec('topk', { k: o.k, 'label-smoothing': o.label_smoothing }), weights: o.weight });

const smpCrossEntropy = (o) =>
  // The default smooth_factor=None raises whatever it is given: there is no value to agree on.
  o.smooth_factor === null
    ? { raises: 'None / int in its own code' }
    : { spec: spec('ce', { 'label-smoothing': o.smooth_factor, count: 'all' }) };

const nacl = (o) => ({ spec: spec('nacl', { kernel: o.kernel, alpha: o.alpha, distance: o.distance }) });

export const distribution = {
  ce: byReference({
    plain: (o) => ({ spec: spec('ce', { from: 'probabilities', ...clamp(o.clamp) }) }),
    torch: (o) => ({ spec: spec('ce', { reduction: o.reduction }) }),
    smp: smpCrossEntropy,
  }),
  wce: byReference({
    plain: (o) => ({ spec: spec('weighted-ce', { 'divide-by': divideBy[o.divide_by] }), weights: o.weight }),
    torch: (o) => ({
      spec: spec('weighted-ce', { 'divide-by': o.target === 'one-hot probabilities' ? 'count' : undefined }),
      weights: o.weight,
    }),
    segloss: (o) => ({ spec: 'weighted-ce', weights: o.weight }),
  }),
  ce_label_smoothing: byReference({
    torch: (o) => ({ spec: spec('ce', { 'label-smoothing': o.label_smoothing }), weights: o.weight }),
    smp: smpCrossEntropy,
  }),
  bce: byReference({
    torch: (o, row) => {
      if (row.reference === 'torch.nn.BCELoss') return { spec: spec('bce', { from: 'auto' }) };
      return { spec: spec('bce-logits', { 'pos-weight': o.pos_weight }) };
    },
  }),
  bce_alpha: byReference({
    plain: (o) => ({ spec: spec('bce-logits', { alpha: o.alpha }) }),
  }),
  bce_label_smoothing: byReference({
    plain: (o) => ({ spec: spec('bce-logits', { 'label-smoothing': o.label_smoothing }) }),
    // s and 1 - s are (1 - e) g + e / 2 with e = 2 s.
    smp: (o) => ({ spec: spec('bce-logits', { 'label-smoothing': 2 * o.smooth_factor, count: 'all' }) }),
  }),
  topk: byReference({ plain: topk, nnunet: topk, segloss: topk }),
  topk_threshold: byReference({
    plain: (o) => ({ spec: spec('topk', { threshold: o.threshold, by: o.by === 'max' ? 'winner' : 'target' }) }),
  }),
  focal_softmax: byReference({
    plain: (o, row) => ({
      spec: spec('focal', {
        from: stored(row),
        gamma: o.gamma,
        alpha: o.alpha,
        'divide-by': o.divide_by === 'pixels*classes' ? 'elements' : undefined,
        ...lowerClamp(o.clamp),
      }),
    }),
    monai: monaiFocal,
    smp: (o) => ({ spec: spec('focal', { gamma: o.gamma }) }),
    segloss: (o) => ({ spec: spec('focal', { gamma: o.gamma, alpha: o.alpha, spread: o.smooth }) }),
  }),
  focal_sigmoid: byReference({
    plain: (o) => ({ spec: spec('focal', { activation: 'sigmoid', gamma: o.gamma, alpha: o.alpha }) }),
    monai: monaiFocal,
    smp: smpFocal,
  }),
  dpce: byReference({
    plain: (o, row) => ({
      spec: spec('dpce', {
        from: stored(row),
        normalise: o.normalise,
        plus: o.plus,
        'divide-by': divideBy[o.divide_by],
        ...lowerClamp(o.clamp),
      }),
    }),
    segloss: () => ({ spec: spec('dpce', { variant: 'segloss-code' }) }),
  }),
  poly1: alike('poly1', (o) => ({ epsilon: o.epsilon })),
  kl: alike('kl', (o) => ({
    'divide-by': { mean: undefined, batchmean: 'batch', pixels: 'count' }[o.reduction],
    reduction: o.reduction === 'sum' ? 'sum' : undefined,
  })),
  kl_reverse: alike('kl', (_o, row) => ({ from: stored(row), direction: 'reverse', 'divide-by': 'count' })),
  js: alike('js', (o, row) => ({ from: stored(row), base: o.base })),
  nacl: byReference({ plain: nacl, monai: nacl }),
  soft_margin: alike('soft-margin'),
  mse: alike('mse'),
  rmse: alike('rmse'),
  brier: alike('brier'),
  l1: alike('l1'),
  smooth_l1: alike('smooth-l1', (o) => ({ beta: o.beta })),
  huber: alike('huber', (o) => ({ delta: o.delta })),
  zero_one: alike('zero-one'),
  hinge: alike('hinge'),
  hinge_multiclass: alike('multi-hinge', (o) => ({ margin: o.margin, power: o.p })),
  squared_hinge: alike('squared-hinge'),
  exponential: alike('exponential'),
};
