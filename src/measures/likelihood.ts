import { type Curve, curveKey, type DerivedMeasure, type SweptMeasure, swept } from '../core/index.ts';
import { countValid, curveValue, sumByRow, sumElements } from '../kernels/index.ts';
import { addInto, curveNumbers, times, total } from './_curve.ts';
import { tileLosses, tileRows } from './_pixel-losses.ts';
import type { PenaltyMap } from './penalty-map.ts';

/** Loss per pixel, summed by the row (class) the pixel belongs to. */
export interface LikelihoodSums {
  readonly byRow: Float64Array;
  /** Pixels of each row; with a map the sum of its values. */
  readonly weight: Float64Array;
  /** Valid pixels. */
  readonly valid: number;
}

/**
 * Sums of curve(-ln p_y) by class. Binary targets have two rows (t F(-ln p) + (1 - t) F(-ln(1 - p))); for
 * multi-label targets row c holds the sum of g_c F(-ln p_c). A map weighs each pixel.
 */
export function likelihood(curve: Curve, map?: DerivedMeasure<PenaltyMap>): SweptMeasure<LikelihoodSums> {
  const numbers = curveNumbers(curve);
  return swept({
    id: `likelihood ${curveKey(curve)}${map === undefined ? '' : ` x ${map.id}`}`,
    needs: { map },
    start: (subject) => ({
      byRow: new Float64Array(subject.rows),
      weight: new Float64Array(subject.rows),
      elements: new Float64Array(4 * subject.channels),
      valid: 0,
    }),
    tile(state, tile, needs) {
      const { labels, targets, channels, stride, count } = tile;
      state.valid += countValid(labels, count);
      if (targets !== null && channels > 1) {
        sumElements(tile.negLogP(), tile.negLogQ(), labels, targets, numbers, state.elements, channels, stride, count);
        return;
      }
      const weights = needs.map?.maps[tile.image] ?? null;
      sumByRow(tileLosses(tile, null, numbers), tileRows(tile), weights, tile.start, state.byRow, state.weight, count);
    },
    merge(into, from) {
      addInto(into.byRow, from.byRow);
      addInto(into.weight, from.weight);
      addInto(into.elements, from.elements);
      into.valid += from.valid;
    },
    finish(states, subject) {
      const sum = (arrays: Float64Array[]): Float64Array => total(arrays, arrays[0]?.length ?? 0);
      const valid = states.reduce((n, it) => n + it.valid, 0);
      if (subject.kind === 'multilabel') {
        const byRow = sum(states.map((it) => it.elements)).filter((_, at) => at % 4 === 0);
        return { byRow, weight: new Float64Array(subject.rows).fill(valid), valid };
      }
      return { byRow: sum(states.map((it) => it.byRow)), weight: sum(states.map((it) => it.weight)), valid };
    },
    predicted(predictor, totals, subject, needs) {
      const byRow = new Float64Array(subject.rows);
      const weight = new Float64Array(subject.rows);
      const binary = subject.kind === 'binary';
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      for (let row = 0; row < subject.rows; row++) {
        const pixels = binary ? sideTotals(totals, row) : channelTotals(totals, row);
        const mapped = needs.map === undefined ? pixels.count : (needs.map.sums[row] ?? 0);
        const p = (binary ? (row === 1 ? predictor.hit[0] : predictor.miss[0]) : predictor.hit[row]) ?? 0;
        // A target value t other than 0 and 1 pulls on both sides.
        const t = pixels.count === 0 ? 0 : pixels.sum / pixels.count;
        const up = times(binary ? t : 1, curveValue(-Math.log(p), numbers));
        const down = times(binary ? 1 - t : 0, curveValue(-Math.log1p(-p), numbers));
        byRow[row] = times(mapped, up + down);
        weight[row] = mapped;
      }
      return { byRow, weight, valid };
    },
  });
}

type Totals = Parameters<NonNullable<SweptMeasure<unknown>['predicted']>>[1];

function channelTotals(totals: Totals, channel: number): { count: number; sum: number } {
  let count = 0;
  for (let image = 0; image < totals.images; image++) count += totals.sum[image * totals.channels + channel] ?? 0;
  return { count, sum: count };
}

/** Pixels and target sum of one side of a binary target. */
function sideTotals(totals: Totals, side: number): { count: number; sum: number } {
  let count = 0;
  let sum = 0;
  for (let image = 0; image < totals.images; image++) {
    const members = totals.count[image] ?? 0;
    count += side === 1 ? members : (totals.valid[image] ?? 0) - members;
    sum += (side === 1 ? totals.sum[image] : totals.restSum[image]) ?? 0;
  }
  return { count, sum };
}
