import { type Reals, type SweptMeasure, swept, type Tile } from '../core/index.ts';
import { countBelow } from '../kernels/index.ts';
import { addInto, curveNumbers, times, total } from './_curve.ts';
import { tileLargest, tileLosses } from './_pixel-losses.ts';

/** Pixels below a probability threshold: their summed loss and number, by row of the per-class table. */
export interface UnsureLosses {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

const log = curveNumbers({ id: 'log' });

/**
 * Pixels whose probability of the target class (`by` target) or of the winning class (`by` winner) is below the
 * threshold. The paper means the first; one well-known implementation does the second, which drops pixels that are confidently wrong.
 */
export function unsureLosses(by: 'target' | 'winner', threshold: number): SweptMeasure<UnsureLosses> {
  return swept({
    id: `unsure-losses ${by} ${threshold}`,
    given: [by, threshold],
    start: (subject) => ({ sums: new Float64Array(subject.rows), counts: new Float64Array(subject.rows) }),
    tile(state, tile) {
      const losses = tileLosses(tile, null, log);
      const rows = tile.rows();
      const chosen = by === 'winner' ? winners(tile) : tile.scratch('probability of the target', tile.stride);
      if (by === 'target') for (let i = 0; i < tile.count; i++) chosen[i] = Math.exp(-(losses[i] ?? 0));
      countBelow(chosen, threshold, losses, rows, state.sums, state.counts, tile.count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
      addInto(into.counts, from.counts);
    },
    finish: (states, subject) => ({
      sums: total(
        states.map((it) => it.sums),
        subject.rows,
      ),
      counts: total(
        states.map((it) => it.counts),
        subject.rows,
      ),
    }),
    predicted(predictor, totals, subject) {
      const sums = new Float64Array(subject.rows);
      const counts = new Float64Array(subject.rows);
      const binary = subject.kind === 'binary';
      for (let row = 0; row < subject.rows; row++) {
        const p = (binary ? (row === 1 ? predictor.hit[0] : 1 - (predictor.miss[0] ?? 0)) : predictor.hit[row]) ?? 0;
        const others = [...predictor.miss].filter((_, channel) => channel !== row);
        const winner = binary ? Math.max(p, 1 - p) : Math.max(p, ...others);
        if (!((by === 'target' ? p : winner) < threshold)) continue;
        let pixels = 0;
        for (let image = 0; image < totals.images; image++) {
          const members = totals.count[image * totals.channels + (binary ? 0 : row)] ?? 0;
          pixels += binary && row === 0 ? (totals.valid[image] ?? 0) - members : members;
        }
        counts[row] = pixels;
        sums[row] = times(pixels, -Math.log(p));
      }
      return { sums, counts };
    },
  });
}

/** Probability of the winning class; of a one-channel prediction, of the likelier side. */
export function winners(tile: Tile): Reals {
  if (tile.channels > 1) return tileLargest(tile);
  const p = tile.probabilities();
  return tile.kept('probability of the likelier side', tile.stride, (out) => {
    for (let i = 0; i < tile.count; i++) out[i] = Math.max(p[i] ?? 0, 1 - (p[i] ?? 0));
  });
}
