import { type SweptMeasure, swept, type TargetTotals } from '../core/index.ts';
import { nthLargest, sumAbove } from '../kernels/index.ts';
import { curveNumbers } from './_curve.ts';
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
  hardest(n: number): Hardest;
}

const log = curveNumbers({ id: 'log' });

/** Keeps one loss per pixel (8 bytes): ranking cannot do with less. Class weights multiply before the ranking. */
export function rankedLosses(weights: readonly number[] | null): SweptMeasure<RankedLosses> {
  const byRow = weights === null ? null : Float64Array.from(weights);
  return swept({
    id: `ranked-losses ${weights ?? ''}`,
    start: () => ({ runs: [] as Float64Array[], valid: 0 }),
    tile(state, tile) {
      state.runs.push(tileLosses(tile, byRow, log).slice(0, tile.count));
      for (let i = 0; i < tile.count; i++) if ((tile.labels[i] ?? -1) >= 0) state.valid++;
    },
    merge(into, from) {
      into.runs.push(...from.runs);
      into.valid += from.valid;
    },
    finish(states) {
      const runs = states.flatMap((it) => it.runs);
      const losses = new Float64Array(runs.reduce((n, run) => n + run.length, 0));
      let at = 0;
      for (const run of runs) {
        losses.set(run, at);
        at += run.length;
      }
      const valid = states.reduce((n, it) => n + it.valid, 0);
      return { pixels: losses.length, valid, hardest: (n) => hardestOf(losses, n) };
    },
    predicted(predictor, totals, subject) {
      const groups = constantLosses(totals, subject.kind === 'binary', (row) => {
        const p =
          subject.kind === 'binary'
            ? row === 1
              ? predictor.hit[0]
              : 1 - (predictor.miss[0] ?? 0)
            : predictor.hit[row];
        return (byRow?.[row] ?? 1) * -Math.log(p ?? 0);
      });
      const pixels = groups.reduce((n, group) => n + group.pixels, 0);
      const valid = totals.valid.reduce((a, b) => a + b, 0);
      return { pixels, valid, hardest: (n) => hardestGroups(groups, n) };
    },
  });
}

function hardestOf(losses: Float64Array, n: number): Hardest {
  if (n < 1) return { sum: 0, bound: Infinity, ties: 0 };
  const bound = nthLargest(losses.slice(), n);
  const { sum, above, equal } = sumAbove(losses, bound);
  return { sum: sum + (n === above ? 0 : (n - above) * bound), bound, ties: (n - above) / equal };
}

interface Group {
  readonly loss: number;
  readonly pixels: number;
}

function constantLosses(totals: TargetTotals, binary: boolean, loss: (row: number) => number): Group[] {
  const rows = binary ? 2 : totals.channels;
  const pixels = new Float64Array(rows);
  let ignored = totals.unknown;
  for (let image = 0; image < totals.images; image++) {
    ignored += totals.ignored[image] ?? 0;
    for (let row = 0; row < rows; row++) {
      const members = totals.count[image * totals.channels + (binary ? 0 : row)] ?? 0;
      pixels[row] = (pixels[row] ?? 0) + (binary && row === 0 ? (totals.valid[image] ?? 0) - members : members);
    }
  }
  const groups = [...pixels].map((count, row) => ({ loss: count === 0 ? 0 : loss(row), pixels: count }));
  return [...groups, { loss: 0, pixels: ignored }].sort((a, b) => b.loss - a.loss);
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
