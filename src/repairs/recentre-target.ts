import type { Repair } from '../core/index.ts';

/** Targets of -1 and 1 read as 0 and 1. */
export const recentreTarget: Repair = {
  id: 'recentre-target',
  what: () => 'targets -1 and 1 read as 0 and 1',
  view: (_subject, evaluation) => ({ ...evaluation.wired, target: { scale: 0.5, shift: 0.5 } }),
};
