import type { Repair } from '../core/index.ts';

/** Foreground and background of a binary target swapped. */
export const invertTarget: Repair = {
  id: 'invert-target',
  what: () => 'target inverted (1 - mask)',
  view: (_subject, evaluation) => ({ ...evaluation.wired, target: { scale: -1, shift: 1 } }),
};
