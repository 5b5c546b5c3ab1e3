import { type Predictor, type Reals, type SweptMeasure, swept, type TargetTotals } from '../core/index.ts';
import { countValid, nthLargest, sumAbove } from '../kernels/index.ts';
import { curveNumbers, times } from './_curve.ts';
import { tileLosses } from './_pixel-losses.ts';

/** The n hardest pixels: their summed loss, the loss of the easiest among them, and the share kept of its ties. */
export interface Hardest {
  readonly sum: number;
  readonly bound: number;
  readonly ties: number;
}

/** Losses of all pixels, ignored ones included with loss 0, to rank by. */
export interface RankedLosses {
  readonly pixels: number;
  readonly valid: number;
  /** Image after image, pixel after pixel; empty for a predictor. */
  readonly losses: Reals;
  hardest(n: number): Hardest;
}

const log = curveNumbers({ id: 'log' });

/** Keeps one loss per pixel (4 or 8 bytes): ranking cannot do with less. Binary and exclusive targets. Class weights multiply before the ranking. */
export function rankedLosses(weights: readonly number[] | null, smoothing = 0): SweptMeasure<RankedLosses> {
  const byRow = weights === null ? null : Float64Array.from(weights);
  return swept({
    id: `ranked-losses ${weights ?? ''} smoothed ${smoothing}`,
    given: [weights, smoothing],
    start: ({ pixels }) => ({ pixels, whole: new Float64Array(0) as Reals, filled: 0, runs: [] as Reals[], valid: 0 }),
    tile(state, tile) {
      if (tile.targets !== null && tile.channels > 1) return;
      state.runs.push(tileLosses(tile, byRow, log, smoothing).slice(0, tile.count));
      state.valid += countValid(tile.labels, tile.count);
    },
    merge(into, from) {
      for (const run of from.runs) {
        if (into.whole.length === 0) into.whole = emptyLike(run, into.pixels);
        into.whole.set(run, into.filled);
        into.filled += run.length;
      }
      into.valid += from.valid;
    },
    finish(states) {
      const losses = joinedImages(states.map((it) => it.whole));
      const valid = states.reduce((n, it) => n + it.valid, 0);
      return { pixels: losses.length, valid, losses, hardest: (n) => hardestOf(losses, n) };
    },
    predicted(predictor, totals, subject) {
      const groups = constantLosses(predictor, totals, subject.kind === 'binary', byRow, smoothing);
      const pixels = groups.reduce((n, group) => n + group.pixels, 0);
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      return { pixels, valid, losses: new Float64Array(0), hardest: (n) => hardestGroups(groups, n) };
    },
  });
}

function emptyLike(values: Reals, length: number): Reals {
  return values instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
}

/** One image as it is, several one after the other. */
function joinedImages(images: readonly Reals[]): Reals {
  const [first = new Float64Array(0)] = images;
  if (images.length <= 1) return first;
  const losses = emptyLike(
    first,
    images.reduce((n, own) => n + own.length, 0),
  );
  let at = 0;
  for (const own of images) {
    losses.set(own, at);
    at += own.length;
  }
  return losses;
}

function hardestOf(losses: Reals, n: number): Hardest {
  if (n < 1) return { sum: 0, bound: Infinity, ties: 0 };
  const bound = nthLargest(losses, n);
  const { sum, above, equal } = sumAbove(losses, bound);
  return { sum: sum + (n === above ? 0 : (n - above) * bound), bound, ties: (n - above) / equal };
}

interface Group {
  readonly loss: number;
  readonly pixels: number;
}

/** The pixels of each row (and the ignored ones) with the one loss that a simple predictor gives them, hardest first. */
function constantLosses(
  predictor: Predictor,
  totals: TargetTotals,
  binary: boolean,
  weights: Float64Array | null,
  smoothing: number,
): Group[] {
  const logs = Array.from(predictor.miss, (q, k) =>
    times((smoothing / totals.channels) * (weights?.[k] ?? 1), -Math.log(q)),
  );
  const sum = (array: Float64Array): number => array.reduce((a, b) => a + b, 0);
  const groups: Group[] = [];
  for (let row = 0; row < (binary ? 2 : totals.channels); row++) {
    const channel = binary ? 0 : row;
    const p = (binary && row === 0 ? predictor.miss : predictor.hit)[channel] ?? 0;
    const members = sum(totals.count.filter((_, cell) => cell % totals.channels === channel));
    const pixels = binary && row === 0 ? sum(totals.valid) - members : members;
    // A target value t other than 0 and 1 pulls on both sides.
    const hard = !binary || pixels === 0 ? Math.min(row, 1) : sum(row === 1 ? totals.sum : totals.restSum) / pixels;
    if (!binary) {
      const w = weights?.[row] ?? 1;
      const own = times((1 - smoothing + smoothing / totals.channels) * w, -Math.log(p));
      const others = logs.reduce((all, loss, k) => (k === row ? all : all + loss), 0);
      groups.push({ loss: pixels === 0 ? 0 : own + others, pixels });
      continue;
    }
    const t = hard * (1 - smoothing) + smoothing / 2;
    const up = times(t * (weights?.[row === 0 && binary ? 1 : row] ?? 1), -Math.log(p));
    const down = times((1 - t) * (weights?.[0] ?? 1), -Math.log1p(-p));
    groups.push({ loss: pixels === 0 ? 0 : up + down, pixels });
  }
  groups.push({ loss: 0, pixels: totals.unknown + sum(totals.ignored) });
  return groups.sort((a, b) => b.loss - a.loss);
}

function hardestGroups(groups: readonly Group[], n: number): Hardest {
  let left = n;
  let sum = 0;
  for (const { loss, pixels } of groups) {
    const taken = Math.min(left, pixels);
    if (taken > 0) sum += taken * loss;
    left -= taken;
    if (left <= 0) return { sum, bound: loss, ties: pixels === 0 ? 0 : taken / pixels };
  }
  return { sum, bound: 0, ties: 1 };
}
