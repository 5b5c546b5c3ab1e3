import { type Curve, curveKey, type DerivedMeasure, derived, type SweptMeasure, swept } from '../core/index.ts';
import { countValid, curveValue, sumByRow, sumBySide, sumElements, sumWeighed } from '../kernels/index.ts';
import { addInto, curveNumbers, times, total } from './_curve.ts';
import { tileWeights } from './_distance-weights.ts';
import { tileLosses } from './_pixel-losses.ts';
import type { PenaltyMap } from './penalty-map.ts';

/** Loss per pixel, summed by the row (class) the pixel belongs to. A soft binary pixel belongs to either side in part. */
export interface LikelihoodSums {
  readonly byRow: Float64Array;
  /** Pixels of each row; with a map the sum of its values. */
  readonly weight: Float64Array;
  /** Valid pixels. */
  readonly valid: number;
}

/**
 * Sums of curve(-ln p_y) by class. Binary targets have two rows, (1 - t) F(-ln(1 - p)) and t F(-ln p); for multi-label
 * targets row c holds the sum of g_c F(-ln p_c). A map weighs each pixel.
 */
export function likelihood(curve: Curve, map?: DerivedMeasure<PenaltyMap>): SweptMeasure<LikelihoodSums> {
  const numbers = curveNumbers(curve);
  return swept({
    id: `likelihood ${curveKey(curve)}${map === undefined ? '' : ` x ${map.id}`}`,
    given: [curve],
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
        const [up, down] = [tile.negLogP(), tile.negLogQ()];
        sumElements(up, down, labels, targets, numbers, state.elements, channels, stride, count, numbers, false);
        return;
      }
      const weights = needs.map === undefined ? null : tileWeights(tile, needs.map);
      const { byRow, weight } = state;
      if (targets !== null) {
        const [up, down] = [tile.negLogP(), tile.negLogQ()];
        sumBySide(up, down, labels, targets, numbers, weights, byRow, weight, count);
      } else if (weights === null) sumByRow(tileLosses(tile, null, numbers), labels, byRow, weight, count);
      else sumWeighed(tileLosses(tile, null, numbers), labels, weights, byRow, weight, count);
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
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      const f = (u: number): number => curveValue(u, numbers);
      for (let c = 0; c < subject.channels; c++) {
        const [hit = 0, miss = 0] = [predictor.hit[c], predictor.miss[c]];
        const { members, others } = groupsOf(totals, c);
        if (subject.kind === 'binary') {
          // Within a group all targets are taken as their mean: exact but for soft targets under a map.
          const [inside, outside] = [needs.map?.sums[1] ?? members.count, needs.map?.sums[0] ?? others.count];
          const [t, s] = [mean(members), mean(others)];
          byRow[0] = times(inside * (1 - t), f(-Math.log1p(-hit))) + times(outside * (1 - s), f(-Math.log1p(-miss)));
          byRow[1] = times(inside * t, f(-Math.log(hit))) + times(outside * s, f(-Math.log(miss)));
          weight[0] = inside * (1 - t) + outside * (1 - s);
          weight[1] = inside * t + outside * s;
          continue;
        }
        const mapped = needs.map?.sums[c] ?? members.sum;
        byRow[c] = times(mapped, f(-Math.log(hit))) + times(others.sum, f(-Math.log(miss)));
        weight[c] = subject.kind === 'multilabel' ? valid : mapped;
      }
      return { byRow, weight, valid };
    },
  });
}

type Totals = Parameters<NonNullable<SweptMeasure<unknown>['predicted']>>[1];

interface Group {
  readonly count: number;
  readonly sum: number;
}

/** Pixels of a channel's class and the other valid pixels, with the sums of their target values. */
function groupsOf(totals: Totals, channel: number): { members: Group; others: Group } {
  const members = { count: 0, sum: 0 };
  const others = { count: 0, sum: 0 };
  for (let image = 0; image < totals.images; image++) {
    const cell = image * totals.channels + channel;
    members.count += totals.count[cell] ?? 0;
    members.sum += totals.sum[cell] ?? 0;
    others.count += (totals.valid[image] ?? 0) - (totals.count[cell] ?? 0);
    others.sum += totals.restSum[cell] ?? 0;
  }
  return { members, others };
}

function mean({ count, sum }: Group): number {
  return count === 0 ? 0 : sum / count;
}

/** The same for whoever seldom looks: swept on its own when it is first read. */
export function rareLikelihood(curve: Curve): DerivedMeasure<LikelihoodSums> {
  return derived({
    id: `rare likelihood ${curveKey(curve)}`,
    late: true,
    needs: { sums: likelihood(curve) },
    compute: ({ sums }) => sums,
  });
}
