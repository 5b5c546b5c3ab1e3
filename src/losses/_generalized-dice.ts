import type { GradientField } from '../core/index.ts';
import {
  type Cell,
  cellGroups,
  type OverlapSums,
  overlap,
  type VolumeWeighing,
  volumeWeights,
} from '../measures/index.ts';
import type { Bend } from './_index.ts';
import { type CellLoss, coefficients, sumOfSlopes } from './_region.ts';
import { background, batch, eps, form, smooth, smoothDr, smoothNr } from './_vocabulary.ts';

export const generalizedOptions = {
  weights: {
    type: 'choice',
    default: 'square',
    choices: ['square', 'simple', 'uniform'],
    about: 'a class weighs 1 / G^2, 1 / G or 1, G its pixels in the image (or batch)',
  },
  absent: {
    type: 'choice',
    default: 'max',
    choices: ['max', 'keep', 'skip'],
    about: 'a class without pixels: the largest weight of the others (MONAI), 1/0 as the formula has it, or no part',
  },
  'volume-added': {
    type: 'number',
    default: 0,
    min: 0,
    about: 'added to G before the weight is taken (SegLoss: 1e-10)',
  },
  'volume-floor': {
    type: 'number',
    default: 0,
    min: 0,
    about: 'what the weight is 1 over is at least this (SegLoss V2: its smoothing)',
  },
  smooth,
  'smooth-nr': smoothNr,
  'smooth-dr': smoothDr,
  eps,
  batch,
  background,
  form: { ...form, choices: ['complement', 'negative'], about: '1 - GD, or -GD (SegLoss)' },
} as const;

export interface GeneralizedValues extends VolumeWeighing {
  readonly smooth: number | null;
  readonly 'smooth-nr': number;
  readonly 'smooth-dr': number;
  readonly eps: number;
  readonly batch: boolean;
  readonly background: boolean;
  readonly form: string;
}

/** Measures, value and gradient of the generalised Dice loss, or of a rising function of its mean over the images. */
export function generalizedRegion<O extends GeneralizedValues>(bend: (options: O) => Bend) {
  return {
    family: 'region',
    from: 'auto',
    kinds: ['binary', 'exclusive', 'multilabel'],
    weighted: false,
    measures: () => ({ sums: overlap }),
    value: ({ sums }: { readonly sums: OverlapSums }, o: O) => {
      const inner = mean(ratios(sums, o).map((it) => complement(it, o)));
      return { value: bend(o).value(inner), perClass: null, contributions: null };
    },
    gradient: ({ sums }: { readonly sums: OverlapSums }, o: O): GradientField[] => {
      const all = ratios(sums, o);
      const outer = bend(o).slope(mean(all.map((it) => complement(it, o))));
      const parts = all.flatMap((it) => slopes(it, outer / all.length));
      return [{ kind: 'region', coefficients: coefficients(sums, parts, () => 1) }];
    },
    /** The ratio rises or falls with the weighted overlap, so its best is at one of the ends. */
    infimum: ({ sums }: { readonly sums: OverlapSums }, o: O): number => {
      const best = ratios(sums, o).map((it) => {
        const volume = it.cells.reduce((n, cell, k) => n + (it.weights[k] ?? 0) * cell.sum(sums.g), 0);
        const [above, below] = smoothing(o);
        const ends = [
          { ...it, above, below: Math.max(volume + below, o.eps) },
          { ...it, above: 2 * volume + above, below: Math.max(2 * volume + below, o.eps) },
        ];
        return Math.min(...ends.map((end) => complement(end, o)));
      });
      return bend(o).value(mean(best));
    },
  } as const;
}

/** One ratio over all classes of an image or of the batch. */
interface GeneralizedRatio {
  readonly cells: readonly Cell[];
  readonly weights: readonly number[];
  readonly above: number;
  readonly below: number;
  /** The denominator is held up by eps. */
  readonly held: boolean;
}

function ratios(sums: OverlapSums, o: GeneralizedValues): GeneralizedRatio[] {
  const [nr, dr] = smoothing(o);
  return cellGroups(sums, o.batch, o.background).map((cells) => {
    const weights = volumeWeights(
      cells.map((cell) => cell.sum(sums.g)),
      o,
    );
    const weighted = (of: (cell: Cell) => number): number =>
      cells.reduce((n, cell, k) => (weights[k] === 0 ? n : n + (weights[k] ?? 0) * of(cell)), 0);
    const open = weighted((cell) => cell.sum(sums.p) + cell.sum(sums.g)) + dr;
    const above = 2 * weighted((cell) => cell.sum(sums.pg)) + nr;
    return { cells, weights, above, below: o.eps > 0 ? Math.max(open, o.eps) : open, held: open < o.eps };
  });
}

function smoothing(o: GeneralizedValues): [number, number] {
  return [o.smooth ?? o['smooth-nr'], o.smooth ?? o['smooth-dr']];
}

function complement({ above, below }: GeneralizedRatio, o: GeneralizedValues): number {
  return (o.form === 'negative' ? 0 : 1) - above / below;
}

function slopes({ cells, weights, above, below, held }: GeneralizedRatio, factor: number): CellLoss[] {
  return cells.map((cell, k) => {
    const w = factor * (weights[k] ?? 0);
    const slope = sumOfSlopes([
      [(-2 * w) / below, [1, 1, 0, 0, 0, 0]],
      [held ? 0 : (w * above) / below ** 2, [1, 2, 1, 0, 0, 0]],
    ]);
    return { cell, value: 0, slope };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
