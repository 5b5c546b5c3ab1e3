import { type Loss, type LossValue, loss, type Subject } from '../core/index.ts';
import { type OverlapSums, overlap } from '../measures/index.ts';
import { type Cell, type CellLoss, cells, coefficients, perChannel } from './_region.ts';
import { background, batch, divideBy } from './_vocabulary.ts';

const options = {
  smooth: {
    type: 'number',
    default: null,
    min: 0,
    about: 'added to numerator and denominator; sets smooth-nr and smooth-dr',
  },
  'smooth-nr': { type: 'number', default: 1e-5, min: 0, about: 'added to the numerator' },
  'smooth-dr': { type: 'number', default: 1e-5, min: 0, about: 'added to the denominator' },
  eps: { type: 'number', default: 0, min: 0, about: 'the denominator is at least this; 0 leaves it alone' },
  batch,
  background,
  squared: {
    type: 'choice',
    default: 'none',
    choices: ['none', 'vnet', 'terms'],
    about:
      'sum p + sum g; sum p^2 + sum g^2 (V-Net); or squared true and false positives and false negatives (SegLoss)',
  },
  absent: {
    type: 'choice',
    default: 'keep',
    choices: ['keep', 'zero', 'skip'],
    about: 'a class without pixels: as the formula gives it, loss 0 but counted (SMP), or left out of the mean',
  },
  form: {
    type: 'choice',
    default: 'complement',
    choices: ['complement', 'negative', 'log', 'log-cosh'],
    about: '1 - D, -D (nnU-Net), -ln D per class, or ln cosh of the mean of 1 - D',
  },
  ignored: {
    type: 'choice',
    default: 'drop',
    choices: ['drop', 'zero-rows'],
    about:
      'ignored pixels leave every sum, or only lose their one-hot row while p stays in the denominator (a common mistake)',
  },
  'divide-by': {
    ...divideBy,
    default: 'count',
    about: 'class weights: mean of w L (MONAI) or sum of w L over sum of w (SMP)',
  },
} as const;

type Options = {
  smooth: number | null;
  'smooth-nr': number;
  'smooth-dr': number;
  eps: number;
  batch: boolean;
  background: boolean;
  squared: string;
  absent: string;
  form: string;
  ignored: string;
  'divide-by': string;
};

/** Soft Dice loss with the conventions of every library as options. */
export const dice: Loss = loss({
  id: 'dice',
  title: 'Dice loss',
  family: 'region',
  formula: 'L = mean_c 1 - (2 sum p g + s) / (sum p + sum g + s)',
  about:
    'One minus the soft Dice coefficient per class. Libraries differ in sign, smoothing, batch, background and absent classes.',
  when: 'rare foreground; add cross-entropy, which keeps the gradient alive while the overlap is nil',
  source: 'Milletari et al. 2016, arXiv 1606.04797; Drozdzal et al. 2016, arXiv 1608.04117',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  measures: () => ({ sums: overlap }),
  value: ({ sums }, o, subject) => {
    const parts = scores(sums, o);
    const mean = weightedMean(parts, o, subject);
    const perClass = perChannel(parts, subject.channels);
    const binary = subject.kind === 'binary';
    return {
      value: o.form === 'log-cosh' ? logCosh(mean) : mean,
      perClass: binary ? [null, perClass[0] ?? null] : perClass,
      contributions: binary || o.form === 'negative' ? null : contributionsOf(parts, subject),
    } satisfies LossValue;
  },
  gradient: ({ sums }, o, subject) => {
    const parts = scores(sums, o);
    const outer = o.form === 'log-cosh' ? Math.tanh(weightedMean(parts, o, subject)) : 1;
    const total = normaliser(parts, o, subject);
    const factor = (part: CellLoss): number => (outer * weightOf(part.cell, subject)) / total;
    return [{ kind: 'region', coefficients: coefficients(sums, parts, factor), ignoredToo: o.ignored === 'zero-rows' }];
  },
});

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

function normaliser(parts: readonly CellLoss[], o: Options, subject: Subject): number {
  if (o['divide-by'] === 'count') return parts.length;
  return parts.reduce((sum, part) => sum + weightOf(part.cell, subject), 0);
}

function weightedMean(parts: readonly CellLoss[], o: Options, subject: Subject): number {
  const sum = parts.reduce((total, part) => total + weightOf(part.cell, subject) * part.value, 0);
  return sum / normaliser(parts, o, subject);
}

/** ln cosh x without overflow. */
function logCosh(x: number): number {
  return Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;
}

function scores(sums: OverlapSums, o: Options): CellLoss[] {
  const all = cells(sums, o.batch, o.background).map((cell) => score(cell, sums, o));
  return o.absent === 'skip' ? all.filter(({ cell }) => cell.sum(sums.g) > 0) : all;
}

function score(cell: Cell, sums: OverlapSums, o: Options): CellLoss {
  if (o.absent === 'zero' && cell.sum(sums.g) === 0) return { cell, value: 0, slope: [] };
  const { top, bottom, topSlope, bottomSlope } = ratio(cell, sums, o);
  const numerator = top + (o.smooth ?? o['smooth-nr']);
  const open = bottom + (o.smooth ?? o['smooth-dr']);
  const denominator = o.eps > 0 ? Math.max(open, o.eps) : open;
  const index = numerator / denominator;
  // A denominator held up by eps does not move.
  const held = o.eps > 0 && open < o.eps ? 0 : numerator / denominator ** 2;
  const slope = topSlope.map((t, k) => t / denominator - held * (bottomSlope[k] ?? 0));
  if (o.form === 'log') return { cell, value: -Math.log(index), slope: slope.map((s) => -s / index) };
  return { cell, value: (o.form === 'negative' ? 0 : 1) - index, slope: slope.map((s) => -s) };
}

interface Ratio {
  readonly top: number;
  readonly bottom: number;
  /** Slopes with respect to p, on g^2, g (1-g), (1-g)^2 and p times each of them. */
  readonly topSlope: readonly number[];
  readonly bottomSlope: readonly number[];
}

function ratio(cell: Cell, sums: OverlapSums, o: Options): Ratio {
  const zeroRows = o.ignored === 'zero-rows';
  if (o.squared === 'terms') {
    const hit = cell.sum(sums.hit);
    const bottom = 2 * hit + cell.sum(sums.excess) + cell.sum(sums.miss);
    // d(pg)^2 = 2 p g^2, d(p(1-g))^2 = 2 p (1-g)^2, d((1-p)g)^2 = -2 g^2 + 2 p g^2
    return { top: 2 * hit, bottom, topSlope: [0, 0, 0, 4, 0, 0], bottomSlope: [-2, 0, 0, 6, 0, 2] };
  }
  const top = 2 * cell.sum(sums.pg);
  const topSlope = [2, 2, 0, 0, 0, 0];
  if (o.squared === 'vnet') {
    const bottom = cell.sum(sums.pp) + cell.sum(sums.gg) + (zeroRows ? cell.sum(sums.ignoredPP) : 0);
    return { top, bottom, topSlope, bottomSlope: [0, 0, 0, 2, 4, 2] };
  }
  const bottom = cell.sum(sums.p) + cell.sum(sums.g) + (zeroRows ? cell.sum(sums.ignoredP) : 0);
  return { top, bottom, topSlope, bottomSlope: [1, 2, 1, 0, 0, 0] };
}
