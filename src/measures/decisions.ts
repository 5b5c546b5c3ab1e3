import { type DerivedMeasure, derived, type Labels } from '../core/index.ts';
import { classSets, keepLabels, roomForLabels, winningClass } from '../kernels/index.ts';

/** Label maps, one per image: what the prediction decides, and what the target says (negative where ignored). */
export interface Decisions {
  readonly decided: readonly Labels[];
  readonly labels: readonly Labels[];
  /** Labels run from 0 to this less 1. */
  readonly rows: number;
}

/** Of so many overlapping classes the sets are told apart; further classes are not looked at. */
const setClasses = 8;

/** The winning class (-1 where the prediction is NaN) beside the class of the target; for overlapping classes the set of those above 1/2. */
export const decisions: DerivedMeasure<Decisions> = derived({
  id: 'decisions',
  needs: {},
  compute(_values, source, view) {
    const { images, pixels, kind, rows } = source;
    const told = Math.min(source.channels, setClasses);
    const ids = kind === 'multilabel' ? 2 ** told : rows;
    const maps = (): Labels[] => Array.from({ length: images }, () => roomForLabels(ids, pixels));
    const [decided, labels] = [maps(), maps()];
    source.tiles([view], ([tile]) => {
      if (tile === undefined) return;
      const { image, start, channels, stride, count, targets } = tile;
      const own = decided[image]?.subarray(start, start + count);
      const truth = labels[image]?.subarray(start, start + count);
      if (own === undefined || truth === undefined) return;
      if (kind === 'exclusive') winningClass(tile.scores, own, channels, stride, count);
      else classSets(tile.probabilities(), 0.5, own, told, stride, count);
      if (targets !== null) classSets(targets, 0.5, truth, told, stride, count);
      keepLabels(tile.labels, targets !== null, truth, count);
    });
    return { decided, labels, rows: ids };
  },
});
