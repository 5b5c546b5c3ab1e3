import type { Repair, Subject } from '../core/index.ts';

/** All labels that the prediction has no class for are left out. */
export const ignoreStrangeLabels: Repair = {
  id: 'ignore-strange-labels',
  what: (subject) => `labels ${strangeLabels(subject).join(', ')} ignored`,
  view: (subject, evaluation) => ({
    ...evaluation.wired,
    ignore: [...evaluation.wired.ignore, ...strangeLabels(subject)],
  }),
};

function strangeLabels({ target, rows, ignore }: Subject): number[] {
  return [...target.profile.values.keys()].filter(
    (value) => (value < 0 || value >= rows) && !ignore.includes(value) && Number.isInteger(value),
  );
}
