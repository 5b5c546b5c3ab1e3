import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { logit } from '../kernels/index.ts';
import { LovaszRoom } from './_lovasz-room.ts';
import { roomLike } from './_runs.ts';
import { type WholeImage, wholeImages } from './whole-images.ts';
import { wholeScores } from './whole-scores.ts';

/** How the pixels are taken together. */
export interface LovaszNumbers {
  /** |g - p| at the probabilities, or max(0, 1 - y z) at the input of the last step. */
  readonly errors: 'absolute' | 'hinge';
  readonly perImage: boolean;
  /** All channels in one ranking. */
  readonly joined: boolean;
}

/** One ranking: channels of an image or of the batch. */
export interface LovaszCell {
  readonly group: number;
  readonly images: readonly number[];
  readonly channels: readonly number[];
  /** sum g over the valid pixels. */
  readonly members: number;
  /** Worked out when first read: classes that do not count are not ranked. */
  readonly value: number;
}

export interface LovaszScores {
  readonly cells: readonly LovaszCell[];
  readonly groups: number;
  /** The gradient, one array of channels x pixels per image: sum of the cells' slopes, each times its factor. */
  gradient(factor: (cell: LovaszCell) => number): LovaszGradient;
}

export interface LovaszGradient {
  readonly values: readonly Reals[];
  /** Per image and channel. */
  readonly factors: Float64Array;
}

/** The Lovasz extension of the Jaccard loss per class and image (or batch). */
export function lovasz({ errors, perImage, joined }: LovaszNumbers): DerivedMeasure<LovaszScores> {
  return derived({
    id: `lovasz ${errors} ${perImage ? 'per image' : 'batch'} ${joined ? 'joined' : 'by channel'}`,
    needs: { images: wholeImages, ...(errors === 'hinge' ? { scores: wholeScores } : {}) },
    compute({ images, scores }, source, view) {
      const { channels, pixels, precision } = source;
      const { sum } = source.totals(view);
      const every = Array.from({ length: channels }, (_, c) => c);
      const groups = perImage ? images.map((_, image) => [image]) : [images.map((_, image) => image)];
      const values = new Map<LovaszCell, number>();
      const cells = groups.flatMap((group, at) =>
        (joined ? [every] : every.map((c) => [c])).map((own): LovaszCell => {
          const rows = group.flatMap((image) => own.map((c) => sum[image * channels + c] ?? 0));
          return {
            group: at,
            images: group,
            channels: own,
            members: rows.reduce((a, b) => a + b, 0),
            get value() {
              if (!values.has(this)) inRoom((rank) => rank(this));
              return values.get(this) ?? Number.NaN;
            },
          };
        }),
      );
      /** Ranks cells in a room that is large enough for any: their values are kept, their slopes handed on. */
      const inRoom = (use: (rank: (cell: LovaszCell, maps?: readonly Reals[]) => void) => void): void => {
        const [largest = []] = groups.map((group) => (joined ? group.flatMap(() => every) : group));
        const room = new LovaszRoom(errors, precision, largest.length * pixels);
        use((cell, maps) => {
          const runs = runsOf(cell);
          for (const run of runs) room.put(run.x, run.image, run.channel, run.from);
          values.set(cell, room.rank(runs.length * pixels, maps !== undefined));
          if (maps === undefined) return;
          for (const { at, channel, from } of runs) {
            maps[at]?.set(room.slopes.subarray(from, from + pixels), channel * pixels);
          }
        });
        room.close();
      };
      const runsOf = (cell: LovaszCell) =>
        cell.images.flatMap((at, i) =>
          cell.channels.map((channel, k) => {
            const image = images[at] as WholeImage;
            const x = errors === 'hinge' ? scoresOf(image, at, channel) : image.channel(channel);
            return { at, image, channel, x, from: (i * cell.channels.length + k) * pixels };
          }),
        );
      /** z: as stored, or for a prediction made of probabilities what the activation would have made them from. */
      const scoresOf = (image: WholeImage, at: number, channel: number): Reals => {
        const stored = scores?.[at]?.subarray(channel * pixels, (channel + 1) * pixels);
        if (stored !== undefined || view.steps.at(-1) !== 'sigmoid') return stored ?? image.channel(channel);
        const out = new Float64Array(pixels);
        logit(image.channel(channel), out);
        return out;
      };
      return {
        cells,
        groups: groups.length,
        gradient(factor) {
          const maps = images.map((it) => roomLike(it.probabilities, channels * pixels));
          const factors = new Float64Array(images.length * channels);
          inRoom((rank) => {
            for (const cell of cells) {
              if (factor(cell) === 0) continue;
              rank(cell, maps);
              for (const image of cell.images) {
                for (const c of cell.channels) factors[image * channels + c] = factor(cell);
              }
            }
          });
          return { values: maps, factors };
        },
      };
    },
  });
}
