import { type SweptMeasure, swept } from '../core/index.ts';
import { addSides, addWinners, calibrationBins, calibrationColumns } from '../kernels/index.ts';
import { addInto, total } from './_curve.ts';
import { tileLargest } from './_pixel-losses.ts';

/** How far the probabilities of the decisions can be trusted. */
export interface Calibration {
  /** Decisions: pixels, or for overlapping classes elements. */
  readonly decisions: number;
  /** Mean probability of the winner, and share of the decisions that are right. */
  readonly confidence: number;
  readonly accuracy: number;
  /** Expected calibration error: mean of |confidence - accuracy| over 15 bins of equal width, weighed by their decisions. */
  readonly error: number;
}

const columns = calibrationBins * calibrationColumns;

/** Confidence against accuracy. Guo et al. 2017, "On calibration of modern neural networks", arXiv 1706.04599. */
export const calibration: SweptMeasure<Calibration> = swept({
  id: 'calibration',
  start: () => new Float64Array(columns),
  tile(state, tile) {
    const { labels, targets, channels, stride, count } = tile;
    if (targets === null) addWinners(tile.probabilities(), tileLargest(tile), labels, state, stride, count);
    else addSides(tile.probabilities(), labels, targets, state, channels, stride, count);
  },
  merge: addInto,
  finish(states) {
    const sums = total(states, columns);
    const column = (k: number): number[] => [...sums].filter((_, at) => at % calibrationColumns === k);
    const [decisions, confidence, right] = [0, 1, 2].map((k) => column(k).reduce((a, b) => a + b, 0)) as Three;
    const gaps = column(1).reduce((gap, own, bin) => gap + Math.abs(own - (column(2)[bin] ?? 0)), 0);
    return {
      decisions,
      confidence: confidence / decisions,
      accuracy: right / decisions,
      error: gaps / decisions,
    };
  },
});

type Three = [number, number, number];
