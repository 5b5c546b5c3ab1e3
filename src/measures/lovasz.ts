import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { logit } from '../kernels/index.ts';
import { cellsOf, groupsOf, type LovaszCell, sidesValue } from './_lovasz-cells.ts';
import { LovaszRoom } from './_lovasz-room.ts';
import { roomForMap } from './_maps.ts';
import { isHard } from './_predicted.ts';
import { type WholeImage, wholeImages } from './whole-images.ts';
import { wholeScores } from './whole-scores.ts';

export type { LovaszCell };

/** How the pixels are taken together. */
export interface LovaszNumbers {
  /** |g - p| at the probabilities, or max(0, 1 - y z) at the input of the last step. */
  readonly errors: 'absolute' | 'hinge';
  readonly perImage: boolean;
  /** All channels in one ranking. */
  readonly joined: boolean;
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
      const groups = groupsOf(images.length, perImage);
      const values = new Map<LovaszCell, number>();
      const cells = cellsOf(groups, source.totals(view), joined, (cell) => {
        if (!values.has(cell)) inRoom((rank) => rank(cell));
        return values.get(cell) ?? Number.NaN;
      });
      /** Ranks cells in a room that is large enough for any: their values are kept, their slopes handed on. */
      const inRoom = (use: (rank: (cell: LovaszCell, maps?: readonly Reals[]) => void) => void): void => {
        const runs = (groups[0]?.length ?? 0) * (joined ? channels : 1);
        const room = new LovaszRoom(errors, precision, runs * pixels);
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
          const maps = images.map(() => roomForMap(source));
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
    // Pixels of a side of a channel have the same error.
    predicted({ hit, miss }, totals, _values, _source, view) {
      if (!isHard(totals)) return null;
      const score = (p: number): number => (view.steps.at(-1) === 'sigmoid' ? Math.log(p) - Math.log1p(-p) : p);
      const error = (p: number, g: number): number =>
        errors === 'absolute' ? Math.abs(p - g) : Math.max(0, 1 - (2 * g - 1) * score(p));
      const groups = groupsOf(totals.images, perImage);
      const cells = cellsOf(groups, totals, joined, ({ images, channels, members }) => {
        const sides = channels.flatMap((c) => {
          const own = images.reduce((n, image) => n + (totals.count[image * totals.channels + c] ?? 0), 0);
          const all = images.reduce((n, image) => n + (totals.valid[image] ?? 0), 0);
          return [
            { error: error(hit[c] ?? 0, 1), hits: own, others: 0 },
            { error: error(miss[c] ?? 0, 0), hits: 0, others: all - own },
          ];
        });
        return sidesValue(sides, members);
      });
      return { cells, groups: groups.length, gradient: () => ({ values: [], factors: new Float64Array(0) }) };
    },
  });
}
