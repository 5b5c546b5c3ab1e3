import { type Reals, type SweptMeasure, swept, type Tile } from '../core/index.ts';
import { compact, joined } from './_runs.ts';

/** One image whole: what losses over ranks, skeletons and neighbourhoods need. */
export interface WholeImage {
  /** Channel c of pixel i at [c * pixels + i]. */
  readonly probabilities: Float64Array;
  /** Values as stored. */
  readonly scores: Float64Array;
  /** Class id per pixel (0 for dense targets), negative where the pixel is ignored. */
  readonly labels: Int32Array;
  /** Target value per channel and pixel; null for class ids. */
  readonly targets: Float64Array | null;
}

/** Keeps every image whole: 16 bytes per value. Only for losses that cannot do with less. */
export const wholeImages: SweptMeasure<readonly WholeImage[]> = swept({
  id: 'whole-images',
  bulky: true,
  start: () => [] as Run[],
  tile(state, tile) {
    state.push(copyRun(tile));
  },
  merge(into, from) {
    into.push(...from);
  },
  finish: (states, { channels, pixels }): readonly WholeImage[] =>
    states.map((runs) => {
      const whole = (of: (run: Run) => Float64Array): Float64Array =>
        joined(runs.map(of), channels, new Float64Array(channels * pixels));
      return {
        probabilities: whole((run) => run.probabilities),
        scores: whole((run) => run.scores),
        labels: Int32Array.from(runs.flatMap((run) => [...run.labels])),
        targets: runs[0]?.targets === null ? null : whole((run) => run.targets ?? new Float64Array(0)),
      };
    }),
  predicted(predictor, _totals, source, _needs, view) {
    const { images, channels, pixels, kind } = source;
    return Array.from({ length: images }, (_, image) => {
      const labels = source.labels(image, view);
      const targets = source.targets(image, view);
      const probabilities = Float64Array.from({ length: channels * pixels }, (_value, at) => {
        const [c, i] = [Math.floor(at / pixels), at % pixels];
        const member = targets === null ? labels[i] === c : (targets[at] ?? 0) > 0.5;
        return (member ? predictor.hit[c] : predictor.miss[c]) ?? 0;
      });
      // A binary label map says 0 or 1; here a label only tells what is ignored.
      const dense = kind === 'exclusive' ? labels : labels.map((label) => Math.min(label, 0));
      return { probabilities, scores: probabilities, labels: dense, targets };
    });
  },
});

interface Run {
  readonly probabilities: Float64Array;
  readonly scores: Float64Array;
  readonly labels: Int32Array;
  readonly targets: Float64Array | null;
}

function copyRun(tile: Tile): Run {
  const { channels, count, labels, targets } = tile;
  const copy = (values: Reals): Float64Array => compact(values, tile, new Float64Array(channels * count));
  return {
    probabilities: copy(tile.probabilities()),
    scores: copy(tile.scores),
    labels: labels.slice(0, count),
    targets: targets === null ? null : copy(targets),
  };
}
