import munkres from 'munkres';
import { type DerivedMeasure, derived } from '../core/index.ts';
import { type Agreement, agreementOf, emptyCounts } from './_agreement.ts';
import { confusion } from './confusion.ts';

/** The renaming of the target's classes under which it agrees best with the decisions. */
export interface ClassAssignment {
  /** Label y of the target is what the prediction calls `classes[y]`. */
  readonly classes: readonly number[];
  readonly now: Agreement;
  readonly after: Agreement;
}

/** A renaming by one step for all classes may agree by so much less than the best one. */
const plainerLimit = 0.01;

/** Best assignment of target classes to predicted classes: the most pixels agree. */
export const classAssignment: DerivedMeasure<ClassAssignment> = derived({
  id: 'class-assignment',
  needs: { confusion },
  compute(values, { rows }) {
    const { matrix } = values.confusion;
    const pixels = (y: number, k: number): number => matrix?.[y * rows + k] ?? 0;
    const all = Array.from({ length: rows }, (_, k) => k);
    // Of assignments that agree equally well, the one that renames least.
    const costs = all.map((y) => all.map((k) => -pixels(y, k) - (y === k ? 1 / (2 * rows) : 0)));
    const classes = new Array<number>(rows).fill(0);
    for (const [y, k] of munkres(costs)) classes[y] = k;
    const agreement = (renamed: (y: number) => number): Agreement => {
      const counts = emptyCounts(rows);
      const add = (at: number, n: number): void => {
        counts[at] = (counts[at] ?? 0) + n;
      };
      for (const y of all) {
        add(renamed(y), pixels(y, renamed(y)));
        for (const k of all) {
          add(rows + renamed(y), pixels(y, k));
          add(2 * rows + k, pixels(y, k));
        }
      }
      return agreementOf(counts, rows);
    };
    const assigned = { classes, after: agreement((y) => classes[y] ?? y) };
    // Rare classes go anywhere in an assignment. One step for all classes is the plainer story where it agrees as well.
    const stepped = all
      .map((step) => ({ classes: all.map((y) => (y + step) % rows), after: agreement((y) => (y + step) % rows) }))
      .reduce((best, it) => (it.after.kappa > best.after.kappa ? it : best));
    const best = stepped.after.kappa >= assigned.after.kappa - plainerLimit ? stepped : assigned;
    return { ...best, now: agreement((y) => y) };
  },
});
