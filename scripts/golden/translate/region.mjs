// Region losses: the figures' names to ours.
import { byReference, spec } from './_spec.mjs';

export const region = {
  ss: byReference({
    plain: (o) => ({
      spec: spec('ss', { r: o.r, smooth: o.smooth, batch: o.batch, background: o.bg, classes: o.reduce }),
    }),
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
  }),
  log_cosh_dice: byReference({
    plain: (o) => ({
      spec: spec('dice', { 'smooth-nr': o.smooth_nr, 'smooth-dr': o.smooth_dr, form: 'log-cosh' }),
    }),
  }),
};
