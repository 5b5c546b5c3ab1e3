import { type Predictor, type Reals, type SweptMeasure, swept, type TargetTotals } from '../core/index.ts';
import { countValid, splitLargest } from '../kernels/index.ts';
import { curveNumbers, times } from './_curve.ts';
import { tileLosses } from './_pixel-losses.ts';
import { roomLike } from './_runs.ts';

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
  /** Those of every image in runs, pixel after pixel; none for a predictor. */
  readonly images: readonly (readonly Reals[])[];
  hardest(n: number): Hardest;
}

const log = curveNumbers({ id: 'log' });

/** Tiles whose losses stand in one array: as many as are gathered before they are merged. */
const tilesPerRun = 2;

/** Losses in runs, in order: those of a tile are copied once, and a run is handed on as it is. */
interface Runs {
  readonly runs: Reals[];
  /** Losses in the last run. */
  filled: number;
  valid: number;
}

/** Keeps one loss per pixel (4 or 8 bytes): ranking cannot do with less. Binary and exclusive targets. Class weights multiply before the ranking. */
export function rankedLosses(weights: readonly number[] | null, smoothing = 0): SweptMeasure<RankedLosses> {
  const byRow = weights === null ? null : Float64Array.from(weights);
  return swept({
    id: `ranked-losses ${weights ?? ''} smoothed ${smoothing}`,
    given: [weights, smoothing],
    start: (): Runs => ({ runs: [], filled: 0, valid: 0 }),
    tile(state, tile) {
      if (tile.targets !== null && tile.channels > 1) return;
      append(state, tileLosses(tile, byRow, log, smoothing), tile.count);
      state.valid += countValid(tile.labels, tile.count);
    },
    merge(into, from) {
      closeRun(into);
      closeRun(from);
      into.runs.push(...from.runs);
      into.filled = from.filled;
      into.valid += from.valid;
    },
    finish(states) {
      for (const state of states) closeRun(state);
      const runs = states.flatMap((state) => state.runs);
      const pixels = runs.reduce((n, run) => n + run.length, 0);
      const valid = states.reduce((n, it) => n + it.valid, 0);
      const known = new Map<number, Hardest>();
      const hardest = (n: number): Hardest => {
        const found = known.get(n) ?? hardestOf(runs, n);
        known.set(n, found);
        return found;
      };
      return { pixels, valid, images: states.map((state) => state.runs), hardest };
    },
    predicted(predictor, totals, subject) {
      const groups = constantLosses(predictor, totals, subject.kind === 'binary', byRow, smoothing);
      const pixels = groups.reduce((n, group) => n + group.pixels, 0);
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      return { pixels, valid, images: [], hardest: (n) => hardestGroups(groups, n) };
    },
  });
}

/** Copies the losses of a tile to the last run, or to a new one where that has no room left. */
function append(state: Runs, losses: Reals, count: number): void {
  let run = state.runs.at(-1);
  if (run === undefined || run.length - state.filled < count) {
    closeRun(state);
    run = roomLike(losses, tilesPerRun * count);
    state.runs.push(run);
    state.filled = 0;
  }
  run.set(losses.subarray(0, count), state.filled);
  state.filled += count;
}

/** Cuts off what is empty of the last run. */
function closeRun(state: Runs): void {
  const run = state.runs.pop();
  if (run !== undefined) state.runs.push(run.subarray(0, state.filled));
}

/** Runs as one array. */
export function joinedRuns(runs: readonly Reals[]): Reals {
  const [first = new Float64Array(0)] = runs;
  const losses = roomLike(
    first,
    runs.reduce((n, run) => n + run.length, 0),
  );
  let at = 0;
  for (const run of runs) {
    losses.set(run, at);
    at += run.length;
  }
  return losses;
}

function hardestOf(runs: readonly Reals[], n: number): Hardest {
  if (n < 1) return { sum: 0, bound: Infinity, ties: 0 };
  const { bound, sum, above, equal } = splitLargest(runs, n);
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
