import type { Curve, GradientField, LossValue, Subject } from '../core/index.ts';
import type { ElementSums } from '../measures/index.ts';
import { labelSmoothing, reduction } from './_vocabulary.ts';

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
} as const;

export interface BinaryOptions {
  readonly 'pos-weight': readonly number[] | null;
  readonly alpha: number | null;
  readonly 'label-smoothing': number;
  readonly reduction: 'mean' | 'sum';
}

/** Factors on the positive and the negative side of every channel. */
export function sideFactors(o: BinaryOptions, channels: number): { positive: Float64Array; negative: Float64Array } {
  const { 'pos-weight': weights, alpha } = o;
  const positive = Float64Array.from(
    { length: channels },
    (_, c) => (weights?.[weights.length === 1 ? 0 : c] ?? 1) * (alpha ?? 1),
  );
  return { positive, negative: new Float64Array(channels).fill(alpha === null ? 1 : 1 - alpha) };
}

/** sum over elements / (M C): every channel counts as often as every pixel. */
export function binaryValue(sums: ElementSums, o: BinaryOptions, subject: Subject, divisor?: number): LossValue {
  const { positive, negative } = sideFactors(o, subject.channels);
  const e = o['label-smoothing'];
  const by = divisor ?? (o.reduction === 'sum' ? 1 : sums.valid * subject.channels);
  const at = (array: Float64Array, c: number): number => array[c] ?? 0;
  const sides = [...positive].map((a, c) => {
    const up = (1 - e / 2) * at(sums.positive, c) + (e === 0 ? 0 : (e / 2) * at(sums.crossPositive, c));
    const down = (1 - e / 2) * at(sums.negative, c) + (e === 0 ? 0 : (e / 2) * at(sums.crossNegative, c));
    return [at(negative, c) * down, a * up] as const;
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
  divisor?: number,
): readonly GradientField[] {
  const by = divisor ?? (o.reduction === 'sum' ? 1 : sums.valid * subject.channels);
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
    },
  ];
}
