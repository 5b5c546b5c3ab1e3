import type { Level, Repair } from '../core/index.ts';

/** Every stored value is read as the class that a table gives for the nearest of its entries. */
export const readLevels: Repair = {
  id: 'read-levels',
  what: (_subject, _evaluation, { levels = [] }) => `labels ${listed(levels, 0)} read as ${listed(levels, 1)}`,
  view: (_subject, evaluation, { levels = [] }) => ({
    ...evaluation.wired,
    target: { ...evaluation.wired.target, levels },
  }),
  // A picture that is read by levels already; the defect is to take its values as they are.
  before: ({ target }, { wired }) =>
    target.levels === undefined ? undefined : { ...wired, target: { ...wired.target, levels: [] } },
};

function listed(levels: readonly Level[], column: 0 | 1): string {
  const names = levels.map((it) => Number(it[column].toPrecision(4)));
  return names.length > 6 ? `${names.slice(0, 5).join(', ')}, ... ${names.at(-1)}` : names.join(', ');
}
