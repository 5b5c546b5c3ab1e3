import type { GradientField, LossValue, Subject } from '../core/index.ts';
import { type Cell, cellDistances, cellGroups, type OverlapSums, overlap, zeroScore } from '../measures/index.ts';
import {
  type CellLoss,
  type Columns,
  classRows,
  coefficients,
  perChannel,
  pooledCells,
  scaledSlope,
  signFactors,
  sumOfSlopes,
} from './_region.ts';
import { background, batch, divideBy, eps, form, smooth, smoothDr, smoothNr } from './_vocabulary.ts';

/** Options of every loss that is one overlap index with different numbers. */
export const indexOptions = {
  smooth,
  'smooth-nr': smoothNr,
  'smooth-dr': smoothDr,
  eps,
  batch,
  background,
  pooled: {
    type: 'boolean',
    default: false,
    about: 'one ratio over all classes, as on flattened arrays, instead of a mean over the class scores',
  },
  squared: {
    type: 'choice',
    default: 'none',
    choices: ['none', 'vnet', 'terms'],
    about:
      'sum p + sum g; sum p^2 + sum g^2 (V-Net); or squared true and false positives and false negatives (SegLoss)',
  },
  intersection: {
    type: 'choice',
    default: 'product',
    choices: ['product', 'l1'],
    about:
      'I = sum p g, or (sum p + sum g - sum |p - g|) / 2 (SMP, MONAI soft_label): the same for hard targets; only the second is best at p = g for soft ones',
  },
  absent: {
    type: 'choice',
    default: 'keep',
    choices: ['keep', 'zero', 'skip'],
    about: 'a class without pixels: as the formula gives it, loss 0 but counted (SMP), or left out of the mean',
  },
  form,
  ignored: {
    type: 'choice',
    default: 'drop',
    choices: ['drop', 'zero-rows', 'masked-input'],
    about:
      'ignored pixels leave every sum; or only lose their one-hot row while p stays in the denominator (a common ' +
      'mistake); or their stored values are set to 0 before the activation (MONAI MaskedDiceLoss)',
  },
  'divide-by': {
    ...divideBy,
    default: 'count',
    about: 'class weights: mean of w L (MONAI) or sum of w L over sum of w (SMP)',
  },
  reduction: {
    type: 'choice',
    default: 'mean',
    choices: ['mean', 'sum'],
    about: 'mean or sum over the class scores, one per image (or batch) and class',
  },
} as const;

/** The values of those options; `form` is left to the losses that have it. */
export interface IndexValues {
  readonly smooth: number | null;
  readonly 'smooth-nr': number;
  readonly 'smooth-dr': number;
  readonly eps: number;
  readonly batch: boolean;
  readonly background: boolean;
  readonly pooled: boolean;
  readonly squared: string;
  readonly intersection: string;
  readonly absent: string;
  readonly form?: string;
  readonly ignored: string;
  readonly 'divide-by': string;
  readonly reduction: string;
}

/** index = (k I + s) / (k (I + fp FP + fn FN) + s), I = sum p g, FP = sum p - I, FN = sum g - I. */
export interface IndexShape {
  readonly k: number;
  readonly fp: number;
  readonly fn: number;
  /** What each class score goes through, and what their mean goes through. */
  readonly each?: Bend;
  readonly whole?: Bend;
}

/** A function and its slope. */
export interface Bend {
  readonly value: (x: number) => number;
  readonly slope: (x: number) => number;
}

type IndexMeasures = {
  sums: typeof overlap;
  zero: typeof zeroScore | undefined;
  distances: typeof cellDistances | undefined;
};
type IndexSums = {
  readonly sums: OverlapSums;
  readonly zero: number | undefined;
  readonly distances: Float64Array | undefined;
};

/** Measures, value and gradient of a loss that is such an index. */
export function indexRegion<O extends IndexValues>(shape: (options: O) => IndexShape) {
  return {
    family: 'region',
    from: 'auto',
    kinds: ['binary', 'exclusive', 'multilabel'],
    weighted: true,
    measures: (o: O): IndexMeasures => ({
      sums: overlap,
      zero: o.ignored === 'masked-input' ? zeroScore : undefined,
      distances: takesDistances(o) ? cellDistances : undefined,
    }),
    value: (values: IndexSums, o: O, subject: Subject): LossValue => {
      const parts = scores(values, o, shape(o), subject);
      const inner = reduced(parts, o, subject);
      const binary = subject.kind === 'binary';
      return {
        value: shape(o).whole?.value(inner) ?? inner,
        perClass: classRows(perChannel(parts, subject.channels), subject),
        contributions: binary || o.pooled || o.form === 'negative' ? null : contributionsOf(parts, subject),
      };
    },
    gradient: (values: IndexSums, o: O, subject: Subject): GradientField[] => {
      const { whole, ...rest } = shape(o);
      const parts = scores(values, o, rest, subject);
      const outer = whole?.slope(reduced(parts, o, subject)) ?? 1;
      const total = normaliser(parts, o, subject);
      const factor = (part: CellLoss): number => (outer * weightOf(part.cell, subject)) / total;
      const ignoredToo = o.ignored === 'zero-rows';
      const region = { kind: 'region', coefficients: coefficients(values.sums, parts, factor), ignoredToo } as const;
      if (values.distances === undefined) return [region];
      const factors = signFactors(values.sums, parts, factor);
      return [region, { kind: 'difference', curve: { id: 'absolute' }, factors }];
    },
  } as const;
}

/** Squared, the two intersections are the same; so they are for ids, the only targets whose ignored pixels lose their row. */
function takesDistances(o: IndexValues): boolean {
  return o.intersection === 'l1' && o.squared === 'none' && o.ignored === 'drop';
}

function weightOf(cell: Cell, subject: Subject): number {
  const row = subject.kind === 'binary' ? 1 : cell.channel;
  return subject.weights?.[row] ?? 1;
}

/** Summed over the scores of a class: with absent classes skipped, not every class has as many. */
function contributionsOf(parts: readonly CellLoss[], subject: Subject): number[] {
  const out = new Array<number>(subject.channels).fill(0);
  for (const { cell, value } of parts) out[cell.channel] = (out[cell.channel] ?? 0) + weightOf(cell, subject) * value;
  return out;
}

function normaliser(parts: readonly CellLoss[], o: IndexValues, subject: Subject): number {
  if (o.reduction === 'sum') return 1;
  if (o['divide-by'] === 'count') return parts.length;
  return parts.reduce((sum, part) => sum + weightOf(part.cell, subject), 0);
}

function reduced(parts: readonly CellLoss[], o: IndexValues, subject: Subject): number {
  const sum = parts.reduce((total, part) => total + weightOf(part.cell, subject) * part.value, 0);
  return sum / normaliser(parts, o, subject);
}

function scores(values: IndexSums, o: IndexValues, shape: IndexShape, subject: Subject): CellLoss[] {
  const { sums } = values;
  const groups = cellGroups(sums, o.batch, o.background);
  const own = o.pooled ? pooledCells(groups) : groups.flat();
  const all = own.map((cell) => bent(score(cell, values, o, shape, subject), shape));
  return o.absent === 'skip' ? all.filter(({ cell }) => cell.sum(sums.g) > 0) : all;
}

function bent(part: CellLoss, { each }: IndexShape): CellLoss {
  if (each === undefined) return part;
  return {
    cell: part.cell,
    value: each.value(part.value),
    get slope() {
      return scaledSlope(part.slope, each.slope(part.value));
    },
  };
}

/** The slope, which takes longer, is worked out where it is asked for: a table of values does without. */
function score(cell: Cell, values: IndexSums, o: IndexValues, { k, fp, fn }: IndexShape, subject: Subject): CellLoss {
  const { sums } = values;
  if (o.absent === 'zero' && cell.sum(sums.g) === 0) return { cell, value: 0, slope: [] };
  const { hit, excess, miss } = counts(cell, values, o, subject);
  const numerator = k * hit.sum + (o.smooth ?? o['smooth-nr']);
  const open = k * (hit.sum + fp * excess.sum + fn * miss.sum) + (o.smooth ?? o['smooth-dr']);
  const denominator = o.eps > 0 ? Math.max(open, o.eps) : open;
  const index = numerator / denominator;
  if (o.form === 'log' && o.eps > 0 && index < o.eps) return { cell, value: -Math.log(o.eps), slope: [] };
  const value = o.form === 'log' ? -Math.log(index) : (o.form === 'negative' ? 0 : 1) - index;
  return {
    cell,
    value,
    get slope() {
      // A denominator held up by eps does not move.
      const held = o.eps > 0 && open < o.eps ? 0 : index / denominator;
      const bottom = sumOfSlopes([
        [1, hit.slope],
        [fp, excess.slope],
        [fn, miss.slope],
      ]);
      const slope = sumOfSlopes([
        [-k / denominator, hit.slope],
        [k * held, bottom],
      ]);
      return o.form === 'log' ? scaledSlope(slope, 1 / index) : slope;
    },
  };
}

/** A sum over the pixels of a cell and its slope with respect to p. */
interface Count {
  readonly sum: number;
  readonly slope: Columns;
}

/** Soft true positives, false positives and false negatives. */
function counts(
  cell: Cell,
  { sums, zero = 0, distances }: IndexSums,
  o: IndexValues,
  subject: Subject,
): { hit: Count; excess: Count; miss: Count } {
  const imageOf = (row: number): number => Math.floor(row / sums.channels);
  const ignored = cell.rows.reduce((n, row) => n + subject.pixels - (sums.valid[imageOf(row)] ?? 0), 0);
  const extra = (column: Float64Array, each: number): number => {
    if (o.ignored === 'zero-rows') return cell.sum(column);
    return o.ignored === 'masked-input' ? ignored * each : 0;
  };
  if (o.squared === 'terms') {
    // d(pg)^2 = 2 p g^2, d(p(1-g))^2 = 2 p (1-g)^2, d((1-p)g)^2 = -2 g^2 + 2 p g^2
    return {
      hit: { sum: cell.sum(sums.hit), slope: [0, 0, 0, 2, 0, 0] },
      excess: { sum: cell.sum(sums.excess) + extra(sums.ignoredPP, zero ** 2), slope: [0, 0, 0, 0, 0, 2] },
      miss: { sum: cell.sum(sums.miss), slope: [-2, 0, 0, 2, 0, 0] },
    };
  }
  const squared = o.squared === 'vnet';
  const own = squared ? sums.pp : sums.p;
  if (distances !== undefined) {
    // I = (S + G - D) / 2, FP = S - I, FN = G - I.
    const [all, g, d] = [cell.sum(sums.p), cell.sum(sums.g), cell.sum(distances)];
    return {
      hit: { sum: (all + g - d) / 2, slope: [0.5, 1, 0.5, 0, 0, 0, -0.5] },
      excess: { sum: (all - g + d) / 2, slope: [0.5, 1, 0.5, 0, 0, 0, 0.5] },
      miss: { sum: (g - all + d) / 2, slope: [-0.5, -1, -0.5, 0, 0, 0, 0.5] },
    };
  }
  const hit = cell.sum(sums.pg);
  const p = cell.sum(own) + (squared ? extra(sums.ignoredPP, zero ** 2) : extra(sums.ignoredP, zero));
  return {
    hit: { sum: hit, slope: [1, 1, 0, 0, 0, 0] },
    excess: { sum: p - hit, slope: squared ? [-1, -1, 0, 2, 4, 2] : [0, 1, 1, 0, 0, 0] },
    miss: { sum: cell.sum(squared ? sums.gg : sums.g) - hit, slope: [-1, -1, 0, 0, 0, 0] },
  };
}
