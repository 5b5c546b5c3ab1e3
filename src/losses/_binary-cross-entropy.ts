import type { Curve, GradientField, LossValue, Subject, TargetTotals } from '../core/index.ts';
import type { ElementSums } from '../measures/index.ts';
import { count, labelSmoothing, reduction } from './_vocabulary.ts';

/** Options shared by the losses on single channels. */
export const binaryOptions = {
  'pos-weight': {
    type: 'numbers',
    default: null,
    about: 'factor on the positive side, one for all channels or one per channel',
  },
  alpha: {
    type: 'number',
    default: null,
    min: 0,
    max: 1,
    about: 'factor alpha on the positive side and 1 - alpha on the negative',
  },
  'label-smoothing': labelSmoothing,
  reduction,
  count,
} as const;

export interface BinaryOptions {
  readonly 'pos-weight': readonly number[] | null;
  readonly alpha: number | null;
  readonly 'label-smoothing': number;
  readonly reduction: 'mean' | 'sum';
  readonly count: 'valid' | 'all';
}

/** Factors on the positive and the negative side of every channel. */
export interface Sides {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

function sideFactors(o: BinaryOptions, channels: number): Sides {
  const { 'pos-weight': weights, alpha } = o;
  const positive = Float64Array.from(
    { length: channels },
    (_, c) => (weights?.[weights.length === 1 ? 0 : c] ?? 1) * (alpha ?? 1),
  );
  return { positive, negative: new Float64Array(channels).fill(alpha === null ? 1 : 1 - alpha) };
}

/** What the sum over the elements is divided by: every channel counts as often as every pixel. */
function divisorOf(sums: ElementSums, o: BinaryOptions, subject: Subject): number {
  if (o.reduction === 'sum') return 1;
  return (o.count === 'all' ? subject.images * subject.pixels : sums.valid) * subject.channels;
}

/** sum over elements / (M C). */
export function binaryValue(sums: ElementSums, o: BinaryOptions, subject: Subject): LossValue {
  return sidesValue(sums, sideFactors(o, subject.channels), o['label-smoothing'], divisorOf(sums, o, subject), subject);
}

/** The sums of both sides of every channel, weighed, over a divisor. */
export function sidesValue(sums: ElementSums, factors: Sides, e: number, by: number, subject: Subject): LossValue {
  const at = (array: Float64Array, c: number): number => array[c] ?? 0;
  const sides = [...factors.positive].map((a, c) => {
    const up = (1 - e / 2) * at(sums.positive, c) + (e === 0 ? 0 : (e / 2) * at(sums.crossPositive, c));
    const down = (1 - e / 2) * at(sums.negative, c) + (e === 0 ? 0 : (e / 2) * at(sums.crossNegative, c));
    const b = at(factors.negative, c);
    // A channel that is left out adds nothing, whatever its sums.
    return a === 0 && b === 0 ? ([0, 0] as const) : ([b * down, a * up] as const);
  });
  const value = sides.reduce((sum, [down, up]) => sum + down + up, 0) / by;
  const binary = subject.kind === 'binary';
  const contributions = binary ? [...(sides[0] ?? [])] : sides.map(([down, up]) => down + up);
  return {
    value,
    perClass: binary ? null : contributions.map((sum) => sum / (sums.valid || Number.NaN)),
    contributions: contributions.every((part) => part >= 0) ? contributions : null,
  };
}

/** The gradient of the same. */
export function binaryGradient(
  sums: ElementSums,
  curve: Curve,
  o: BinaryOptions,
  subject: Subject,
): readonly GradientField[] {
  const by = divisorOf(sums, o, subject);
  if (by === 0) return [];
  const { positive, negative } = sideFactors(o, subject.channels);
  const scaled = (side: Float64Array): Float64Array => side.map((w) => w / by);
  return [
    {
      kind: 'elements',
      curve,
      positive: scaled(positive),
      negative: scaled(negative),
      smoothing: o['label-smoothing'],
      likeBceLoss: curve.id === 'log' && curve.logFloor !== undefined,
    },
  ];
}

/** Totals of one channel's target over the whole case. */
interface ChannelTotals {
  readonly valid: number;
  readonly members: number;
  readonly sum: number;
  readonly square: number;
}

/**
 * Infimum where the best probability is not 0 or 1, because labels are smoothed or soft: every element at its own best p.
 * Exact for hard labels; for soft ones the bound of t (1 - t) <= H(t) / (4 ln 2), which is never above it.
 */
export function softInfimum(totals: TargetTotals, o: BinaryOptions, subject: Subject): number | null {
  const e = o['label-smoothing'];
  const { positive, negative } = sideFactors(o, subject.channels);
  let sum = 0;
  let valid = 0;
  let hard = true;
  for (let c = 0; c < subject.channels; c++) {
    const of = channelTotals(totals, c);
    const [a, b] = [positive[c] ?? 0, negative[c] ?? 0];
    valid = of.valid;
    if (of.sum === of.members && of.square === of.members) {
      sum +=
        of.members * leastLoss(a * (1 - e / 2), (b * e) / 2) +
        (valid - of.members) * leastLoss((a * e) / 2, b * (1 - e / 2));
      continue;
    }
    hard = false;
    const t = (1 - e) * of.sum + (e / 2) * valid;
    const tt = (1 - e) ** 2 * of.square + e * (1 - e) * of.sum + (e / 2) ** 2 * valid;
    // A target outside [0, 1] rewards an infinite score.
    sum += tt > t ? -Infinity : 4 * Math.LN2 * Math.min(a, b) * (t - tt);
  }
  if (hard && e === 0) return null;
  const pixels = o.count === 'all' ? subject.images * subject.pixels : valid;
  return sum / (o.reduction === 'sum' ? 1 : pixels * subject.channels);
}

function channelTotals(totals: TargetTotals, channel: number): ChannelTotals {
  const own = (column: Float64Array): number =>
    column.reduce((sum, value, cell) => (cell % totals.channels === channel ? sum + value : sum), 0);
  return {
    valid: totals.valid.reduce((a, b) => a + b, 0),
    members: own(totals.count),
    sum: own(totals.sum) + own(totals.restSum),
    square: own(totals.square) + own(totals.restSquare),
  };
}

/** The least of a (-ln p) + b (-ln(1 - p)), reached at p = a / (a + b). */
function leastLoss(a: number, b: number): number {
  const cost = (share: number): number => (share > 0 ? -share * Math.log(share / (a + b)) : 0);
  return cost(a) + cost(b);
}

/** Options of a loss that has none on its sides. */
export const noSides = { 'pos-weight': null, alpha: null, 'label-smoothing': 0 } as const;

/** True where every target is 0 or 1. */
export function isHard({ sum, square, count: members, restSum }: TargetTotals): boolean {
  return restSum.every((t) => t === 0) && members.every((n, cell) => sum[cell] === n && square[cell] === n);
}
