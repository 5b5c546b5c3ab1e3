import { type SweptMeasure, swept } from '../core/index.ts';
import { addByProbability, thresholdBins } from '../kernels/index.ts';
import { addInto } from './_curve.ts';

/** What other thresholds than 1/2 would make of the probability of one class. */
export interface Thresholds {
  /** Row of the per-class table. */
  readonly row: number;
  /** Pixels of the class, and the others. */
  readonly inside: number;
  readonly outside: number;
  /** Dice of the decisions p > threshold; exact for multiples of 0.001. */
  dice(threshold: number): number;
  /** The threshold among 0.02, 0.03, ... 0.98 with the highest Dice, of a run of equals the middle; NaN where all give 0. */
  readonly best: number;
  /** Area under the ROC curve: how often a pixel of the class gets more than another one. */
  readonly auc: number;
}

/** Per class that is decided by a threshold: one channel, the second of two, or each channel where classes overlap. None for more. */
export const thresholds: SweptMeasure<readonly Thresholds[]> = swept({
  id: 'thresholds',
  start: ({ channels, kind }) =>
    questions(channels, kind === 'exclusive').map((channel) => ({
      channel,
      outside: new Float64Array(thresholdBins),
      inside: new Float64Array(thresholdBins),
    })),
  tile(state, tile) {
    const { labels, targets, stride, count } = tile;
    for (const { channel, outside, inside } of state) {
      addByProbability(tile.probabilities(), channel, labels, targets, outside, inside, stride, count);
    }
  },
  merge(into, from) {
    for (const [k, { outside, inside }] of into.entries()) {
      addInto(outside, from[k]?.outside ?? outside);
      addInto(inside, from[k]?.inside ?? inside);
    }
  },
  finish(states, { channels, kind }) {
    return questions(channels, kind === 'exclusive').map((channel, k) => {
      const outside = new Float64Array(thresholdBins);
      const inside = new Float64Array(thresholdBins);
      for (const state of states) {
        addInto(outside, state[k]?.outside ?? outside);
        addInto(inside, state[k]?.inside ?? inside);
      }
      return summary(kind === 'binary' ? 1 : channel, outside, inside);
    });
  },
});

/** The channels that are compared with a threshold. */
function questions(channels: number, exclusive: boolean): number[] {
  if (exclusive) return channels === 2 ? [1] : [];
  return Array.from({ length: channels }, (_, channel) => channel);
}

function summary(row: number, outside: Float64Array, inside: Float64Array): Thresholds {
  const [others, members] = [outside, inside].map(above) as [Float64Array, Float64Array];
  const [all = 0, own = 0] = [others[0], members[0]];
  const dice = (threshold: number): number => {
    const bin = Math.round(threshold * thresholdBins);
    return (2 * (members[bin] ?? 0)) / (own + (members[bin] ?? 0) + (others[bin] ?? 0));
  };
  let pairs = 0;
  for (let bin = 0; bin < thresholdBins; bin++) {
    pairs += (outside[bin] ?? 0) * ((members[bin + 1] ?? 0) + (inside[bin] ?? 0) / 2);
  }
  return { row, inside: own, outside: all, dice, best: own > 0 ? bestOf(dice) : Number.NaN, auc: pairs / (all * own) };
}

/** The threshold with the highest Dice; of a run of equals the middle. NaN where all are 0. */
function bestOf(dice: (threshold: number) => number): number {
  const scores = Array.from({ length: 97 }, (_, k) => dice((k + 2) / 100));
  const highest = Math.max(...scores);
  const from = scores.indexOf(highest);
  let to = from;
  while (scores[to + 1] === highest) to++;
  return highest > 0 ? (((from + to) >> 1) + 2) / 100 : Number.NaN;
}

/** How many lie in a bin or above it. */
function above(bins: Float64Array): Float64Array {
  const sums = new Float64Array(bins.length + 1);
  for (let bin = bins.length - 1; bin >= 0; bin--) sums[bin] = (sums[bin + 1] ?? 0) + (bins[bin] ?? 0);
  return sums;
}
