// Boundary losses: the figures' names to ours.
import { byReference, spec } from './_spec.mjs';

const signed = (o) => ({ spec: spec('boundary', { map: o.signed_distance, background: o.bg }) });
const hausdorff = (o, extra = {}) => ({ spec: spec('hausdorff-dt', { alpha: o.alpha, ...extra }) });

export const boundary = {
  boundary: byReference({ plain: signed, segloss: signed }),
  hausdorff_dt: byReference({
    plain: (o) => hausdorff(o, { background: o.bg }),
    monai: (o) => hausdorff(o, { background: o.include_background }),
    segloss: (o, row) => hausdorff(o, { guard: row.reference.endsWith('HausdorffDTLoss') ? 'empty' : 'none' }),
  }),
  log_hausdorff_dt: byReference({
    monai: (o) => hausdorff(o, { background: o.include_background, form: 'log' }),
  }),
};
