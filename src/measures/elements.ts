import { type Curve, curveKey, type SweptMeasure, swept } from '../core/index.ts';
import { countValid, curveValue, sumElements, sumLogs } from '../kernels/index.ts';
import { addInto, curveNumbers, times, total } from './_curve.ts';
import { addLogistic } from './_logistic.ts';

/** Sums over all elements of a channel; t is the target value, F the curve. */
export interface ElementSums {
  /** sum t F(-ln p) per channel. */
  readonly positive: Float64Array;
  /** sum (1 - t) F(-ln(1 - p)). */
  readonly negative: Float64Array;
  /** sum (1 - t) F(-ln p): what label smoothing moves to the other side; 0 unless the crossed sums were asked for. */
  readonly crossPositive: Float64Array;
  /** sum t F(-ln(1 - p)), likewise. */
  readonly crossNegative: Float64Array;
  /** Valid pixels. */
  readonly valid: number;
}

/**
 * Per-channel sums of a binary loss: each channel is a two-sided question of its own, with one curve or one per side. Smoothed labels
 * need the crossed sums.
 */
export function elements(curve: Curve, negativeCurve = curve, crossed = false): SweptMeasure<ElementSums> {
  const [key, otherKey] = [curveKey(curve), curveKey(negativeCurve)];
  const numbers = curveNumbers(curve);
  const otherSide = key === otherKey ? numbers : curveNumbers(negativeCurve);
  return swept({
    id: `elements ${key} / ${otherKey}${crossed ? ' crossed' : ''}`,
    given: [curve, negativeCurve, crossed],
    start: (subject) => ({ sums: new Float64Array(4 * subject.channels), valid: 0 }),
    tile(state, tile) {
      const { labels, targets, channels, stride, count } = tile;
      const plain = !crossed && otherSide === numbers;
      if (plain && addLogistic(tile, numbers, state.sums)) {
        // Nothing else is to be done.
      } else if (plain && tile.rounded) {
        sumLogs(tile.probabilities(), labels, targets, numbers, state.sums, channels, stride, count);
      } else {
        const [up, down] = [tile.negLogP(), tile.negLogQ()];
        sumElements(up, down, labels, targets, numbers, state.sums, channels, stride, count, otherSide, crossed);
      }
      state.valid += countValid(labels, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
      into.valid += from.valid;
    },
    finish(states, subject) {
      const sums = total(
        states.map((it) => it.sums),
        4 * subject.channels,
      );
      const column = (k: number): Float64Array => sums.filter((_, at) => at % 4 === k);
      const valid = states.reduce((sum, it) => sum + it.valid, 0);
      return {
        positive: column(0),
        negative: column(1),
        crossPositive: column(2),
        crossNegative: column(3),
        valid,
      };
    },
    predicted(predictor, totals) {
      const f = (u: number): number => curveValue(u, numbers);
      const h = (u: number): number => curveValue(u, otherSide);
      const columns = Array.from({ length: 4 }, () => new Float64Array(totals.channels));
      for (let image = 0; image < totals.images; image++) {
        for (let c = 0; c < totals.channels; c++) {
          const cell = image * totals.channels + c;
          const hit = predictor.hit[c] ?? 0;
          const miss = predictor.miss[c] ?? 0;
          const members = totals.count[cell] ?? 0;
          const others = (totals.valid[image] ?? 0) - members;
          const t = totals.sum[cell] ?? 0;
          const rest = totals.restSum[cell] ?? 0;
          const parts = [
            times(t, f(-Math.log(hit))) + times(rest, f(-Math.log(miss))),
            times(members - t, h(-Math.log1p(-hit))) + times(others - rest, h(-Math.log1p(-miss))),
            times(members - t, f(-Math.log(hit))) + times(others - rest, f(-Math.log(miss))),
            times(t, h(-Math.log1p(-hit))) + times(rest, h(-Math.log1p(-miss))),
          ];
          columns.forEach((column, k) => {
            column[c] = (column[c] ?? 0) + (parts[k] ?? 0);
          });
        }
      }
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      const [positive, negative, crossPositive, crossNegative] = columns as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      return { positive, negative, crossPositive, crossNegative, valid };
    },
  });
}
