import type { Repair } from '../core/index.ts';

/** Target values divided by the parameter: 0/255 becomes 0/1; a parameter below 1 multiplies (1/255 becomes 1). */
export const rescaleTarget: Repair = {
  id: 'rescale-target',
  what: (_subject, _evaluation, { parameter: by = 255 }) =>
    by >= 1 ? `target divided by ${by}` : `target multiplied by ${Math.round(1 / by)}`,
  view: (_subject, evaluation, { parameter: by = 255 }) => ({
    ...evaluation.wired,
    target: { scale: 1 / by, shift: 0 },
  }),
};
