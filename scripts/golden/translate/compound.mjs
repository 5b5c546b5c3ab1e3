// Compound losses: the figures' names to ours.
import { byReference, spec } from './_spec.mjs';

/** nnU-Net's Dice has a minus and no one; it smooths by the same number above and below. */
const nnunet = (o) => ({ form: 'negative', batch: o.batch_dice, background: o.do_bg, smooth: o.smooth });

export const compound = {
  dice_ce: byReference({
    monai: (o) => ({
      spec: spec('dice-ce', { 'divide-by': o.target === 'one-hot' ? 'count' : undefined }),
      weights: o.weight,
    }),
    nnunet: (o) => ({
      spec: spec('dice-ce', { ...nnunet(o), 'all-ignored': 'zero' }),
      ignore: o.ignore_label === undefined ? [] : [o.ignore_label],
    }),
  }),
  dice_topk: byReference({ nnunet: (o) => ({ spec: spec('dice-topk', { ...nnunet(o), k: o.k }) }) }),
  dice_focal: byReference({ monai: () => ({ spec: spec('dice-focal', { activation: 'sigmoid' }) }) }),
  explog: byReference({
    plain: (o) => ({
      spec: spec('explog', {
        'dice-weight': o.w_dice,
        'ce-weight': o.w_ce,
        'dice-gamma': o.gamma_dice,
        'ce-gamma': o.gamma_ce,
        smooth: o.smooth,
        balance: o.class_weight === null ? 'none' : 'sqrt-inverse',
      }),
    }),
    segloss: (o) => ({
      spec: spec('explog', {
        'dice-gamma': o.gamma,
        'ce-gamma': 1,
        smooth: o.smooth,
        over: 'dice',
        'divide-by': 'weights',
        balance: 'none',
      }),
    }),
  }),
  dice_cldice: byReference({
    monai: (o) => ({
      spec: spec('dice-cldice', { alpha: o.alpha, iterations: o.iter, smooth: o.smooth, channels: 'after-first' }),
    }),
  }),
  unified_focal: byReference({
    monai: (o, _row, input) => ({
      spec: spec('unified-focal', {
        weight: o.weight,
        gamma: o.gamma,
        delta: o.delta,
        'one-channel': input.classes === 1 ? 'truncated' : undefined,
      }),
    }),
  }),
  combo: byReference({
    plain: (o) => ({ spec: spec('combo', { alpha: o.alpha, beta: o.beta, smooth: o.smooth }) }),
  }),
};
