import type { Repair } from '../core/index.ts';

/** The classes of the target renamed. */
export const relabelTarget: Repair = {
  id: 'relabel-target',
  what(_subject, _evaluation, { placement: { classes = [] } = {} }) {
    const changed = classes.filter((own, label) => own !== label).length;
    return `${changed} classes of the target renamed`;
  },
  view: (_subject, { wired }, { placement: { classes = [] } = {} }) => ({
    ...wired,
    target: { ...wired.target, classes },
  }),
};
