import type { Repair } from '../core/index.ts';

/** Labels that a resize made up along the outlines take the nearest label that it did not. */
export const flattenRamps: Repair = {
  id: 'flatten-ramps',
  what: () => 'labels between two labels replaced by the nearer one',
  view: (_subject, evaluation) => ({ ...evaluation.wired, target: { ...evaluation.wired.target, flat: true } }),
};
