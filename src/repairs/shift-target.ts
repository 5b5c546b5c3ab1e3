import type { Repair } from '../core/index.ts';

/** The target moved by whole pixels; pixels that lose their partner are ignored. */
export const shiftTarget: Repair = {
  id: 'shift-target',
  what: (_subject, _evaluation, { placement: { offset = [] } = {} }) =>
    `target moved by (${offset.map((step) => (step === 0 ? 0 : -step)).join(', ')}) pixels, the rim ignored`,
  view: (_subject, { wired }, { placement: { offset = [] } = {} }) => ({
    ...wired,
    target: { ...wired.target, offset },
  }),
};
