import { type SweptMeasure, swept } from '../core/index.ts';
import { addSpread, spreadBins, spreadEdge } from '../kernels/index.ts';
import { addInto, curveNumbers, total } from './_curve.ts';
import { mostSurprise, tileLosses } from './_pixel-losses.ts';

/** How evenly the cross-entropy is spread over the valid pixels. Binary and exclusive targets. */
export interface LossSpread {
  readonly pixels: number;
  readonly total: number;
  /** Valid pixels and summed loss of each image. */
  readonly images: readonly { readonly pixels: number; readonly total: number }[];
  /** Share of the loss on the given share of the pixels, those that lose most: a point of the Lorenz curve. */
  shareOn(part: number): number;
  /** What each of these pixels loses at least. */
  boundOf(part: number): number;
}

const log = curveNumbers({ id: 'log' });

/** The Lorenz curve of the cross-entropy, from a histogram with 16 bins to the octave. */
export const lossSpread: SweptMeasure<LossSpread> = swept({
  id: 'loss-spread',
  start: () => ({ counts: new Float64Array(spreadBins), sums: new Float64Array(spreadBins) }),
  tile(state, tile) {
    if (tile.targets !== null && tile.channels > 1) return;
    addSpread(tileLosses(tile, null, log), tile.labels, mostSurprise, state.counts, state.sums, tile.count);
  },
  merge(into, from) {
    addInto(into.counts, from.counts);
    addInto(into.sums, from.sums);
  },
  finish(states) {
    const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    const counts = total(
      states.map((it) => it.counts),
      spreadBins,
    );
    const sums = total(
      states.map((it) => it.sums),
      spreadBins,
    );
    const [pixels, all] = [sum(counts), sum(sums)];
    return {
      pixels,
      total: all,
      images: states.map((it) => ({ pixels: sum(it.counts), total: sum(it.sums) })),
      shareOn: (part) => hardest(counts, sums, part * pixels).loss / all,
      boundOf: (part) => hardest(counts, sums, part * pixels).bound,
    };
  },
});

/** Loss of the `wanted` pixels that lose most, within the last bin in proportion, and the edge of that bin. */
function hardest(counts: Float64Array, sums: Float64Array, wanted: number): { loss: number; bound: number } {
  let left = wanted;
  let loss = 0;
  for (let bin = spreadBins - 1; bin >= 0; bin--) {
    const [n, sum] = [counts[bin] ?? 0, sums[bin] ?? 0];
    if (n === 0) continue;
    if (n >= left) return { loss: loss + (sum * left) / n, bound: spreadEdge(bin) };
    left -= n;
    loss += sum;
  }
  return { loss, bound: 0 };
}
