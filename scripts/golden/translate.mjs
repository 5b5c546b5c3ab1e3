// The map from the reference figures' names of losses and options to ours. A row that has no entry is "not covered".

/** Writes a spec from our option names; undefined and null options are left out. */
function spec(id, options = {}) {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('/') : value}`);
  return parts.length === 0 ? id : `${id}:${parts.join(',')}`;
}

/** A clamp as the figures name it. */
function clamp(name) {
  if (name === '1e-7') return { clip: 1e-7 };
  return name === 'log>=-100' ? { 'log-floor': -100 } : {};
}

/** A clamp from below only. */
function lowerClamp(name) {
  return name === '1e-7' ? { 'log-floor': Math.log(1e-7) } : {};
}

const divideBy = { count: 'count', weights: 'weights' };

/** Per loss and kind of reference: the row's options to { spec, weights? }. */
const plain = {
  ce: (o) => ({ spec: spec('ce', { from: 'probabilities', ...clamp(o.clamp) }) }),
  wce: (o) => ({ spec: spec('weighted-ce', { 'divide-by': divideBy[o.divide_by] }), weights: o.weight }),
  topk: (o) => ({ spec: spec('topk', { k: o.k }) }),
  topk_threshold: (o) => ({ spec: spec('topk', { threshold: o.threshold, by: o.by === 'max' ? 'winner' : 'target' }) }),
  focal_softmax: (o, row) => ({
    spec: spec('focal', {
      from: row.from === 'probs' ? 'probabilities' : undefined,
      gamma: o.gamma,
      alpha: o.alpha,
      'divide-by': o.divide_by === 'pixels*classes' ? 'elements' : undefined,
      ...lowerClamp(o.clamp),
    }),
  }),
  focal_sigmoid: (o) => ({ spec: spec('focal', { activation: 'sigmoid', gamma: o.gamma, alpha: o.alpha }) }),
  dpce: (o, row) => ({
    spec: spec('dpce', {
      from: row.from === 'probs' ? 'probabilities' : undefined,
      normalise: o.normalise,
      plus: o.plus,
      'divide-by': divideBy[o.divide_by],
      ...lowerClamp(o.clamp),
    }),
  }),
  ss: (o) => ({ spec: spec('ss', { r: o.r, smooth: o.smooth, batch: o.batch, background: o.bg, classes: o.reduce }) }),
  dice: (o) => ({
    spec: spec('dice', {
      'smooth-nr': o.smooth_nr,
      'smooth-dr': o.smooth_dr,
      batch: o.batch,
      squared: o.squared ?? undefined,
      background: o.bg,
      absent: o.empty,
      ignored: o.ignore_index === 'zero_rows' ? 'zero-rows' : undefined,
      'divide-by': o.wnorm === 'sum' ? 'weights' : undefined,
    }),
    weights: o.w,
  }),
  log_cosh_dice: (o) => ({
    spec: spec('dice', { 'smooth-nr': o.smooth_nr, 'smooth-dr': o.smooth_dr, form: 'log-cosh' }),
  }),
  bce_alpha: (o) => ({ spec: spec('bce-logits', { alpha: o.alpha }) }),
  bce_label_smoothing: (o) => ({ spec: spec('bce-logits', { 'label-smoothing': o.label_smoothing }) }),
};

const torch = {
  ce: (o) => ({ spec: spec('ce', { reduction: o.reduction }) }),
  wce: (o) => ({
    spec: spec('weighted-ce', { 'divide-by': o.target === 'one-hot probabilities' ? 'count' : undefined }),
    weights: o.weight,
  }),
  ce_label_smoothing: (o) => ({ spec: spec('ce', { 'label-smoothing': o.label_smoothing }), weights: o.weight }),
  bce: (o, row) => {
    if (row.reference === 'torch.nn.BCELoss') return { spec: spec('bce', { from: 'auto' }) };
    return { spec: spec('bce-logits', { 'pos-weight': o.pos_weight }) };
  },
};

/** What to evaluate for a row of the figures; null when it is not covered. */
export function translate(row, input) {
  const table = row.reference === 'plain' ? plain : row.reference.startsWith('torch.') ? torch : {};
  const entry = table[row.loss];
  if (entry === undefined) return null;
  const plan = entry(row.options, row);
  const ignored = row.options.ignore_index;
  const ignore = ignored === undefined ? [] : [ignored === 'zero_rows' ? input.ignore_index : ignored];
  return { ignore, activation: row.from === 'probs' ? 'softmax' : 'logits', ...plan };
}
