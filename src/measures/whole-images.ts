import { type Labels, type Reals, type Subject, type SweptMeasure, swept, type Tile } from '../core/index.ts';
import { roomForLabels } from '../kernels/index.ts';
import { constantChannel } from './_constant-channel.ts';
import { compact, roomLike } from './_runs.ts';

/** One image whole: what losses over ranks, skeletons and neighbourhoods need. */
export interface WholeImage {
  /** Channel c of pixel i at [c * pixels + i]. */
  readonly probabilities: Reals;
  /** The probabilities of one channel. */
  channel(c: number): Reals;
  /** Class id per pixel (0 for dense targets), negative where the pixel is ignored. */
  readonly labels: Labels;
  /** Target value per channel and pixel; null for class ids. */
  readonly targets: Reals | null;
}

/** Keeps every image whole: 4 bytes per value, 8 where they are doubles. Only for losses that cannot do with less. */
export const wholeImages: SweptMeasure<readonly WholeImage[]> = swept({
  id: 'whole-images',
  bulky: true,
  start: ({ channels, pixels, rows }): Growing => ({
    size: { channels, pixels, rows },
    runs: [],
    image: null,
    filled: 0,
  }),
  tile(state, tile) {
    state.runs.push(copyRun(tile));
  },
  merge(into, from) {
    for (const run of from.runs) append(into, run);
  },
  finish: (states): readonly WholeImage[] => states.flatMap(({ image }) => (image === null ? [] : [image])),
  predicted(predictor, _totals, source, _needs, view) {
    const { images, kind, channels, pixels } = source;
    return Array.from({ length: images }, (_, image) => {
      const labels = source.labels(image, view);
      const targets = source.targets(image, view);
      // A binary label map says 0 or 1; here a label only tells what is ignored.
      const dense = kind === 'exclusive' ? labels : labels.map((label) => Math.min(label, 0));
      const channel = (c: number): Reals => constantChannel(predictor, c, labels, targets, source);
      return {
        channel,
        labels: dense,
        targets,
        get probabilities() {
          const out = new Float64Array(channels * pixels);
          for (let c = 0; c < channels; c++) out.set(channel(c), c * pixels);
          return out;
        },
      };
    });
  },
});

/** The pixels of a tile: channel c of pixel i at [c * count + i]. */
interface Run {
  readonly count: number;
  readonly probabilities: Reals;
  readonly labels: Int32Array;
  readonly targets: Reals | null;
}

/** An image as far as it is known. */
interface Growing {
  readonly size: Pick<Subject, 'channels' | 'pixels' | 'rows'>;
  readonly runs: Run[];
  image: WholeImage | null;
  filled: number;
}

function copyRun(tile: Tile): Run {
  const { channels, count, labels, targets } = tile;
  const copy = (values: Reals): Reals => compact(values, tile, roomLike(values, channels * count));
  return {
    count,
    probabilities: copy(tile.probabilities()),
    labels: labels.slice(0, count),
    targets: targets === null ? null : copy(targets),
  };
}

function append(state: Growing, run: Run): void {
  const { channels, pixels, rows } = state.size;
  const room = (values: Reals): Reals => roomLike(values, channels * pixels);
  const probabilities = state.image?.probabilities ?? room(run.probabilities);
  state.image ??= {
    probabilities,
    channel: (c) => probabilities.subarray(c * pixels, (c + 1) * pixels),
    labels: roomForLabels(rows, pixels),
    targets: run.targets === null ? null : room(run.targets),
  };
  const { image, filled } = state;
  const put = (from: Reals, to: Reals): void => {
    for (let c = 0; c < channels; c++) {
      to.set(from.subarray(c * run.count, (c + 1) * run.count), c * pixels + filled);
    }
  };
  put(run.probabilities, image.probabilities);
  if (run.targets !== null && image.targets !== null) put(run.targets, image.targets);
  image.labels.set(run.labels, filled);
  state.filled += run.count;
}
