import { type DerivedMeasure, derived, type Reals } from '../core/index.ts';
import { absoluteErrors, gatherValid, hingeErrors, logit, lovaszExtension, scatterValid } from '../kernels/index.ts';
import { type WholeImage, wholeImages } from './whole-images.ts';

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
  readonly value: number;
  /** Slope of the value at every valid pixel, image by image, channel by channel. */
  readonly slopes: Float64Array;
}

export interface LovaszScores {
  readonly cells: readonly LovaszCell[];
  readonly groups: number;
  /** The gradient, one array of channels x pixels per image: sum of the cells' slopes, each times its factor. */
  gradient(factor: (cell: LovaszCell) => number): Float64Array[];
}

/** The Lovasz extension of the Jaccard loss per class and image (or batch). */
export function lovasz({ errors, perImage, joined }: LovaszNumbers): DerivedMeasure<LovaszScores> {
  return derived({
    id: `lovasz ${errors} ${perImage ? 'per image' : 'batch'} ${joined ? 'joined' : 'by channel'}`,
    needs: { images: wholeImages },
    compute({ images }, { channels, pixels }, view) {
      const every = Array.from({ length: channels }, (_, c) => c);
      const groups = perImage ? images.map((_, image) => [image]) : [images.map((_, image) => image)];
      const given = errors === 'absolute' ? images.map((it) => it.probabilities) : images.map(scoresOf);
      const cells = groups.flatMap((group, at) =>
        (joined ? [every] : every.map((c) => [c])).map((own): LovaszCell => {
          const most = group.length * own.length * pixels;
          const [values, truth] = [new Float64Array(most), new Float64Array(most)];
          const end = visit(group, own, images, (it, image, c, from) => {
            gatherValid(given[image] ?? it.probabilities, it.labels, c, values, from);
            return gatherValid(it.targets, it.labels, c, truth, from);
          });
          const [x, g] = [values.subarray(0, end), truth.subarray(0, end)];
          const [e, slopes, steps] = [x.slice(), x.slice(), x.slice()];
          (errors === 'absolute' ? absoluteErrors : hingeErrors)(x, g, e, slopes);
          const value = lovaszExtension(e, g, errors === 'hinge' ? 0 : -Infinity, steps);
          slopes.forEach((slope, i) => {
            slopes[i] = slope * (steps[i] ?? 0);
          });
          return { group: at, images: group, channels: own, members: g.reduce((a, b) => a + b, 0), value, slopes };
        }),
      );
      /** z: as stored, or for a prediction made of probabilities what the activation would have made them from. */
      function scoresOf(it: WholeImage): Reals {
        if (it.scores !== it.probabilities || view.steps.at(-1) !== 'sigmoid') return it.scores;
        const out = new Float64Array(it.scores.length);
        logit(it.probabilities, out);
        return out;
      }
      return {
        cells,
        groups: groups.length,
        gradient(factor) {
          const out = images.map((it) => new Float64Array(it.probabilities.length));
          for (const cell of cells) {
            const by = factor(cell);
            visit(cell.images, cell.channels, images, (it, image, c, from) =>
              scatterValid(cell.slopes, it.labels, c, by, out[image] ?? new Float64Array(0), from),
            );
          }
          return out;
        },
      };
    },
  });
}

/** Walks over images and channels, handing each where the one before it ended; returns where the last one did. */
function visit(
  group: readonly number[],
  channels: readonly number[],
  images: readonly WholeImage[],
  step: (it: WholeImage, image: number, channel: number, from: number) => number,
): number {
  let at = 0;
  for (const image of group) {
    for (const channel of channels) {
      const it = images[image];
      if (it !== undefined) at = step(it, image, channel, at);
    }
  }
  return at;
}
