// Region losses: the figures' names to ours.
import { byReference, spec } from './_spec.mjs';

/** Raw logits where probabilities belong: no activation, or a softmax that MONAI skips over one channel. */
function monaiFrom(o, row, input) {
  if (row.from === 'probs') return o.softmax || o.sigmoid ? 'logits' : undefined;
  return (o.softmax && input.classes > 1) || o.sigmoid ? undefined : 'probabilities';
}

/** MONAI DiceLoss; jaccard=True counts its smoothing half. */
function monai(id, o, row, input) {
  const by = o.jaccard ? 0.5 : 1;
  const masked = o.mask !== undefined;
  return {
    spec: spec(id, {
      from: monaiFrom(o, row, input),
      'smooth-nr': (o.smooth_nr ?? 1e-5) * by,
      'smooth-dr': (o.smooth_dr ?? 1e-5) * by,
      batch: o.batch,
      background: o.include_background,
      squared: o.squared_pred ? 'vnet' : undefined,
      ignored: masked ? 'masked-input' : undefined,
      reduction: o.reduction,
    }),
    weights: o.weight,
    ...(masked ? { ignore: [input.ignore_index] } : {}),
  };
}

/** SMP's losses on whole batches; in Dice its numbers weigh twice as much as everybody else's. */
function smp(id, o, row, extra = {}) {
  const by = id === 'dice' ? 2 : 1;
  return {
    spec: spec(id, {
      from: row.from === 'probs' && o.from_logits !== false ? 'logits' : undefined,
      smooth: (o.smooth ?? 0) * by,
      eps: 1e-7,
      batch: true,
      absent: 'zero',
      form: o.log_loss ? 'log' : undefined,
      'divide-by': o.class_weights ? 'weights' : undefined,
      ...extra,
    }),
    weights: o.class_weights,
  };
}

/** SegLoss and nnU-Net return the index with a minus sign. */
function negative(id, o, input, extra = {}) {
  return {
    spec: spec(id, {
      smooth: o.smooth,
      batch: o.batch_dice,
      background: o.do_bg,
      squared: o.square ? 'terms' : undefined,
      form: 'negative',
      ...extra,
    }),
    ...(o.loss_mask ? { ignore: [input.ignore_index] } : {}),
  };
}

/** The smoothing stands inside the doubled numerator. */
const seglossGeneralized = (smooth) => ({ 'smooth-nr': 2 * smooth, 'smooth-dr': smooth, 'volume-added': 1e-10 });

const classes = (o) => (o.classes === 'all' ? 'keep' : undefined);

const errors = (o) => ({ fp: o.alpha, fn: o.beta });

export const region = {
  ss: byReference({
    plain: (o) => ({
      spec: spec('ss', { r: o.r, smooth: o.smooth, batch: o.batch, background: o.bg, classes: o.reduce }),
    }),
    segloss: (o) => ({ spec: spec('ss', { r: o.r, smooth: o.smooth, batch: o.batch_dice, background: o.do_bg }) }),
  }),
  dice: byReference({
    plain: (o) => ({
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
    monai: (o, row, input) => monai('dice', o, row, input),
    smp: (o, row) => smp('dice', o, row),
    nnunet: (o, _, input) => negative('dice', o, input),
    segloss: (o, _, input) => negative('dice', o, input),
  }),
  log_cosh_dice: byReference({
    plain: (o) => ({
      spec: spec('dice', { 'smooth-nr': o.smooth_nr, 'smooth-dr': o.smooth_dr, form: 'log-cosh' }),
    }),
  }),
  iou: byReference({
    plain: (o) => ({ spec: spec('iou', { smooth: o.smooth }) }),
    monai: (o, row, input) => monai('iou', o, row, input),
    smp: (o, row) => smp('iou', o, row),
    segloss: (o, _, input) => negative('iou', o, input),
  }),
  tversky: byReference({
    plain: (o) => ({ spec: spec('tversky', { ...errors(o), smooth: o.smooth }) }),
    monai: (o) => ({
      spec: spec('tversky', { ...errors(o), 'smooth-nr': o.smooth_nr, 'smooth-dr': o.smooth_dr, batch: o.batch }),
    }),
    smp: (o, row) => smp('tversky', o, row, errors(o)),
    segloss: (o, _, input) => negative('tversky', o, input, errors(o)),
  }),
  focal_tversky: byReference({
    plain: (o) => ({
      spec: spec('focal-tversky', { ...errors(o), smooth: o.smooth, exponent: o.exponent, over: o.where }),
    }),
    smp: (o, row) => smp('focal-tversky', o, row, { ...errors(o), exponent: o.gamma, over: 'mean' }),
    segloss: (o) => ({
      spec: spec('focal-tversky', { ...errors(o), smooth: o.smooth, exponent: o.gamma, over: 'mean' }),
    }),
  }),
  asymmetric_similarity: byReference({
    segloss: (o, _, input) => negative('asymmetric-similarity', o, input, { beta: o.beta }),
  }),
  generalised_dice: byReference({
    plain: (o) => ({ spec: spec('generalized-dice', { weights: o.w_type, absent: o.absent }) }),
    monai: (o) => ({ spec: spec('generalized-dice', { weights: o.w_type, batch: o.batch }) }),
    segloss: (o, row) => ({
      spec: spec('generalized-dice', {
        ...(row.reference.endsWith('V2')
          ? { smooth: 0, eps: o.smooth, 'volume-floor': o.smooth, batch: true }
          : seglossGeneralized(o.smooth)),
        absent: 'keep',
        form: 'negative',
      }),
    }),
  }),
  penalty_gdice: byReference({
    plain: (o) => ({ spec: spec('penalty-gd', { penalty: o.k }) }),
    segloss: (o) => ({
      spec: spec('penalty-gd', { penalty: o.k, ...seglossGeneralized(1e-5), absent: 'keep', form: 'negative' }),
    }),
  }),
  mcc: byReference({
    plain: (o) => ({ spec: spec('mcc', { smooth: o.eps, class: o.class }) }),
    smp: (o) => ({ spec: spec('mcc', { smooth: o.eps, from: o.sigmoid === false ? 'probabilities' : undefined }) }),
  }),
  lovasz_softmax: byReference({
    plain: (o) => ({ spec: spec('lovasz-softmax', { absent: classes(o) }) }),
    smp: (o) => ({ spec: spec('lovasz-softmax', { absent: classes(o), 'per-image': o.per_image }) }),
    segloss: (o) => ({
      spec: spec('lovasz-softmax', { absent: classes(o), from: o.softmax === false ? 'probabilities' : undefined }),
    }),
  }),
  lovasz_hinge: byReference({
    plain: (o) => ({ spec: spec('lovasz-hinge', { 'per-image': o.per_image }) }),
    smp: (o) => ({ spec: spec('lovasz-hinge', { 'per-image': o.per_image }) }),
  }),
  cldice: byReference({
    monai: (o) => ({ spec: spec('cldice', { iterations: o.iter, smooth: o.smooth, channels: 'after-first' }) }),
  }),
  generalised_wasserstein_dice: byReference({
    monai: (o) => ({ spec: spec('wasserstein-dice', { distances: o.dist_matrix.flat(), pairing: 'batch' }) }),
  }),
  dice_distance: byReference({
    segloss: (o) => ({ spec: spec('distance-dice', { smooth: o.smooth, form: 'negative' }) }),
  }),
};
