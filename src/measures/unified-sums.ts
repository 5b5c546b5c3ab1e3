import { type SweptMeasure, swept } from '../core/index.ts';
import { countValid, unifiedColumns, unifiedSums as unifiedKernel, unifiedPixel } from '../kernels/index.ts';
import { addInto } from './_curve.ts';

/** Sums of one side (a class, or either side of a single channel) of one image: p g, (1 - p) g, p (1 - g). */
export interface UnifiedSide {
  readonly hit: number;
  readonly miss: number;
  readonly excess: number;
  /** sum g (1 - p)^gamma (-ln p) and sum g (-ln p). */
  readonly focal: number;
  readonly log: number;
}

/** Per image the sums of every side, and the number of valid pixels of the case. */
export interface UnifiedSums {
  readonly images: readonly (readonly UnifiedSide[])[];
  readonly valid: number;
}

/** Probabilities below 1e-7 and above 1 - 1e-7 are clipped, as MONAI's unified focal loss has it. */
export const unifiedClip = 1e-7;

/** What the unified focal loss is made of. `truncated`: a single channel is cut to an integer first. */
export function unifiedSums(gamma: number, truncated: boolean): SweptMeasure<UnifiedSums> {
  const clip = unifiedClip;
  const read = (sums: Float64Array): UnifiedSide[] =>
    Array.from({ length: sums.length / unifiedColumns }, (_, side) => {
      const [hit = 0, miss = 0, excess = 0, focal = 0, log = 0] = sums.subarray(unifiedColumns * side);
      return { hit, miss, excess, focal, log };
    });
  return swept({
    id: `unified-sums ${gamma} ${truncated}`,
    given: [gamma, truncated],
    start: (subject) => ({ sums: new Float64Array(unifiedColumns * Math.max(2, subject.channels)), valid: 0 }),
    tile(state, tile) {
      const { labels, targets, channels, stride, count } = tile;
      const cut = truncated && channels === 1;
      unifiedKernel(
        tile.probabilities(),
        labels,
        targets,
        { gamma, clip, truncated: cut },
        state.sums,
        channels,
        stride,
        count,
      );
      state.valid += countValid(labels, count);
    },
    merge(into, from) {
      addInto(into.sums, from.sums);
      into.valid += from.valid;
    },
    finish: (states) => ({
      images: states.map((it) => read(it.sums)),
      valid: states.reduce((n, it) => n + it.valid, 0),
    }),
    predicted(predictor, totals) {
      const { channels } = totals;
      const images = Array.from({ length: totals.images }, (_, image) => {
        const sums = new Float64Array(unifiedColumns * Math.max(2, channels));
        for (let side = 0; side < Math.max(2, channels); side++) {
          const channel = channels === 1 ? 0 : side;
          const cell = image * channels + channel;
          const members = totals.count[cell] ?? 0;
          const others = (totals.valid[image] ?? 0) - members;
          // Within a group all targets are taken as their mean: exact for hard targets and for any two-valued ones.
          const groups = [
            [predictor.hit[channel] ?? 0, members, totals.sum[cell] ?? 0],
            [predictor.miss[channel] ?? 0, others, totals.restSum[cell] ?? 0],
          ] as const;
          for (const [p, pixels, sum] of groups) {
            const whole = truncated && channels === 1 ? Math.trunc(p) : p;
            const g = pixels === 0 ? 0 : sum / pixels;
            const other = channels === 1 && side === 0;
            const [q, t] = other ? [1 - whole, 1 - g] : [whole, g];
            unifiedPixel(q, t, pixels, gamma, clip, sums, unifiedColumns * side);
          }
        }
        return read(sums);
      });
      return { images, valid: totals.valid.reduce((a, b) => a + b, 0) };
    },
  });
}
