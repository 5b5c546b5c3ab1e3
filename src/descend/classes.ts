import type { Subject } from '../core/index.ts';
import { rowName } from '../report/case-report.ts';
import type { Outcome } from './outcome.ts';
import type { DescendedClass, DescendedLoss } from './report.ts';
import type { SoftScore } from './soft-scores.ts';
import type { Walk } from './walk.ts';

/** A class with this recall is found. One that is not, and whose recall rises by less than the second, does not move, ... */
export const foundRecall = 0.9;
const leastRise = 0.005;

/** ... unless it has more than this share of the gradient and the loss is still falling. */
const someGradient = 1e-3;

/** What a descent did to every class; `before` is the stored array, which stays as it is where there was no descent. */
export function classRows(
  subject: Subject,
  before: readonly SoftScore[],
  gone: Walk | null,
  outcome: Outcome,
): DescendedClass[] {
  const after = gone?.scores.at(-1) ?? before;
  const onItsWay = outcome === 'falling' || outcome === 'limited' || outcome === 'bottomless';
  return before.map(({ pixels, dice, recall }, index) => {
    const later = after[index];
    const rise = (later?.recall ?? 0) - (recall ?? 0);
    const share = gone?.gradient.perClass[index] ?? null;
    const still =
      recall !== null && recall < foundRecall && rise < leastRise && !(onItsWay && (share ?? 0) > someGradient);
    return {
      index,
      name: rowName(subject, index),
      pixels,
      dice: { before: dice, after: later?.dice ?? null },
      recall: { before: recall, after: later?.recall ?? null },
      gradientShare: share,
      moves: gone === null ? null : !still,
    };
  });
}

/** Steps until a class has covered half of what its Dice is short of 1; null when it does not get there. */
export function halfway({ scores }: Walk, row: number): number | null {
  const start = scores[0]?.[row]?.dice ?? Number.NaN;
  const step = scores.findIndex((at) => (at[row]?.dice ?? 0) >= (1 + start) / 2);
  return step < 0 ? null : step;
}

/** Ranks the losses by what they do for a class, soonest half way first, then highest in the end; the order of the list stays. */
export function withRanks(losses: readonly DescendedLoss[], row: number | null): DescendedLoss[] {
  if (row === null) return [...losses];
  const later = (it: DescendedLoss): number => it.classes[row]?.dice.after ?? -1;
  const best = losses
    .filter(({ trace }) => trace.length > 1)
    .sort((a, b) => (a.halfway ?? Infinity) - (b.halfway ?? Infinity) || later(b) - later(a));
  return losses.map((it) => ({ ...it, rank: best.includes(it) ? best.indexOf(it) + 1 : null }));
}
