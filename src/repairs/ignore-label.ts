import type { Repair } from '../core/index.ts';

/** Pixels with the label of the parameter are left out. */
export const ignoreLabel: Repair = {
  id: 'ignore-label',
  what: (_subject, _evaluation, { parameter: label = 255 }) => `label ${label} ignored`,
  view: (_subject, evaluation, { parameter: label = 255 }) => ({
    ...evaluation.wired,
    ignore: [...evaluation.wired.ignore, label],
  }),
};
