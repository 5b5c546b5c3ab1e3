import { type Subject, type SweptMeasure, swept } from '../core/index.ts';
import { binaryConfusion, confusion as confusionKernel } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';

/** Hard decisions against the target, over the valid pixels: the winning class, or p > 1/2. */
export interface Confusion {
  /** Pixels [truth * rows + predicted]; null for multi-label targets, whose channels are separate questions. */
  readonly matrix: Float64Array | null;
  /** Pixels per row of the table: in the target, in the prediction, in both. */
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
  readonly agreed: Float64Array;
  readonly valid: number;
}

/** Decisions of the prediction. Ties go to the lowest class; p = 1/2 counts as background. */
export const confusion: SweptMeasure<Confusion> = swept({
  id: 'confusion',
  start: (subject) => new Float64Array(subject.kind === 'exclusive' ? subject.channels ** 2 : 4 * subject.channels),
  tile(state, tile) {
    const { labels, targets, channels, stride, count } = tile;
    // The winner is the same before and after a softmax, so that no probability need be worked out for it.
    if (targets === null) confusionKernel(tile.scores, labels, state, channels, stride, count);
    else binaryConfusion(tile.probabilities(), labels, targets, 0.5, state, channels, stride, count);
  },
  merge: addInto,
  finish: (states, subject) =>
    confusionOf(total(states, subject.kind === 'exclusive' ? subject.channels ** 2 : 4 * subject.channels), subject),
  predicted(predictor, totals, subject) {
    const { channels, kind } = subject;
    const counts = new Float64Array(kind === 'exclusive' ? channels ** 2 : 4 * channels);
    totals.count.forEach((members, cell) => {
      const c = cell % channels;
      const add = (at: number, n: number): void => {
        counts[at] = (counts[at] ?? 0) + n;
      };
      if (kind === 'exclusive') {
        const p = predictor.miss.map((q, k) => (k === c ? (predictor.hit[c] ?? 0) : q));
        add(c * channels + p.indexOf(Math.max(...p)), members);
        return;
      }
      const others = (totals.valid[Math.floor(cell / channels)] ?? 0) - members;
      add(4 * c + 2 + Number((predictor.hit[c] ?? 0) > 0.5), members);
      add(4 * c + Number((predictor.miss[c] ?? 0) > 0.5), others);
    });
    return confusionOf(counts, subject);
  },
});

/** What the counts of pairs of truth and decision say. */
function confusionOf(counts: Float64Array, { rows, kind }: Subject): Confusion {
  const at = (k: number): number => counts[k] ?? 0;
  if (kind === 'multilabel') {
    const column = (value: (c: number) => number): Float64Array =>
      Float64Array.from({ length: rows }, (_, c) => value(4 * c));
    return {
      matrix: null,
      truth: column((c) => at(c + 2) + at(c + 3)),
      predicted: column((c) => at(c + 1) + at(c + 3)),
      agreed: column((c) => at(c + 3)),
      valid: at(0) + at(1) + at(2) + at(3),
    };
  }
  const row = (value: (r: number, k: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, r) => {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += value(r, k);
      return sum;
    });
  return {
    matrix: counts,
    truth: row((r, k) => at(r * rows + k)),
    predicted: row((r, k) => at(k * rows + r)),
    agreed: Float64Array.from({ length: rows }, (_, r) => at(r * rows + r)),
    valid: counts.reduce((a, b) => a + b, 0),
  };
}

/**
 * Cohen's kappa of a confusion matrix: agreement beyond what the class frequencies give by chance; 1 is perfect, 0 is chance.
 * NaN where one class is all there is.
 */
export function kappa(matrix: Float64Array, rows: number): number {
  let valid = 0;
  let agreed = 0;
  const truth = new Float64Array(rows);
  const predicted = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < rows; k++) {
      const n = matrix[r * rows + k] ?? 0;
      valid += n;
      if (r === k) agreed += n;
      truth[r] = (truth[r] ?? 0) + n;
      predicted[k] = (predicted[k] ?? 0) + n;
    }
  }
  let chance = 0;
  for (let r = 0; r < rows; r++) chance += ((truth[r] ?? 0) / valid) * ((predicted[r] ?? 0) / valid);
  return (agreed / valid - chance) / (1 - chance);
}
