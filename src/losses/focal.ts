import {
  type Curve,
  type GradientField,
  type Kind,
  type Loss,
  loss,
  regionColumns,
  type Subject,
  usualActivation,
} from '../core/index.ts';
import { elements, type LikelihoodSums, likelihood } from '../measures/index.ts';
import { binaryGradient, binaryValue } from './_binary-cross-entropy.ts';
import { dot, meanPerClass, times } from './_class-rows.ts';
import { logCurve } from './_cross-entropy.ts';
import { clip, gamma, logFloor, reduction } from './_vocabulary.ts';

const options = {
  gamma,
  alpha: {
    type: 'numbers',
    default: null,
    about:
      'one factor per class (softmax), or one number: alpha on the positive side, 1 - alpha on the negative (sigmoid)',
  },
  activation: {
    type: 'choice',
    default: 'auto',
    choices: ['auto', 'softmax', 'sigmoid'],
    about: 'softmax over the classes, or every channel against the rest; auto: softmax for exclusive classes',
  },
  'divide-by': {
    type: 'choice',
    default: 'count',
    choices: ['count', 'elements'],
    about: 'mean over the pixels, or over pixels times classes (MONAI), which makes softmax focal 1/C of it',
  },
  reduction,
  clip,
  'log-floor': logFloor,
} as const;

type Options = {
  gamma: number;
  alpha: readonly number[] | null;
  activation: string;
  'divide-by': string;
  reduction: string;
  clip: number;
  'log-floor': number | null;
};

/** Focal loss, over a softmax or channel by channel. */
export const focal: Loss = loss({
  id: 'focal',
  title: 'focal loss',
  family: 'distribution',
  formula: 'L = mean_i a_y (1 - p_iy)^gamma (-ln p_iy)',
  about: 'Cross-entropy in which pixels that are already right hardly count.',
  when: 'easy background dwarfs a hard foreground; keep gamma small, a large one starves the gradient',
  source: 'Lin et al. 2017, arXiv 1708.02002',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: activationOf,
  measures: (o, subject) => {
    const split = perChannel(o, subject.kind);
    return { channels: split ? elements(curveOf(o)) : undefined, pixels: split ? undefined : likelihood(curveOf(o)) };
  },
  value: ({ channels, pixels }, o, subject) => {
    // Softmax of one channel is 1 whatever the network says.
    if (isDegenerate(o, subject)) return { value: 0, perClass: [0, 0], contributions: null };
    if (channels !== undefined) {
      return binaryValue(channels, binaryOptionsOf(o), subject, channelDivisor(o, channels.valid, subject));
    }
    const { byRow, weight, valid } = pixels ?? nothing;
    const alpha = alphaRows(o, subject);
    return {
      value: dot(alpha, byRow) / pixelDivisor(o, valid, subject),
      perClass: meanPerClass(byRow, weight),
      contributions: [...byRow].map((sum, row) => times(alpha[row] ?? 0, sum)),
    };
  },
  gradient: ({ channels, pixels }, o, subject) => {
    if (isDegenerate(o, subject)) return [];
    const curve = curveOf(o);
    if (channels !== undefined) {
      return binaryGradient(channels, curve, binaryOptionsOf(o), subject, channelDivisor(o, channels.valid, subject));
    }
    const by = pixelDivisor(o, pixels?.valid ?? 0, subject);
    if (by === 0) return [undefinedEverywhere(subject)];
    return [{ kind: 'likelihood', curve, weights: alphaRows(o, subject).map((a) => a / by) }];
  },
});

const nothing: LikelihoodSums = { byRow: new Float64Array(0), weight: new Float64Array(0), valid: 0 };

/** A mean over no pixel is 0/0 in the value and in every entry of the gradient. */
function undefinedEverywhere(subject: Subject): GradientField {
  const size = regionColumns * subject.images * subject.channels;
  return { kind: 'region', coefficients: new Float64Array(size).fill(Number.NaN), ignoredToo: true };
}

function activationOf(o: { activation: string }, kind: Kind): 'softmax' | 'sigmoid' {
  return o.activation === 'softmax' || o.activation === 'sigmoid' ? o.activation : usualActivation(kind);
}

function isDegenerate(o: Options, subject: Subject): boolean {
  return o.activation === 'softmax' && subject.channels === 1;
}

function perChannel(o: Options, kind: Kind): boolean {
  return kind !== 'exclusive' || o.activation === 'sigmoid';
}

function curveOf(o: Options): Curve {
  return { ...logCurve(o), id: 'focal', gamma: o.gamma };
}

function alphaRows(o: Options, subject: Subject): Float64Array {
  return Float64Array.from({ length: subject.rows }, (_, row) => o.alpha?.[o.alpha.length === 1 ? 0 : row] ?? 1);
}

function pixelDivisor(o: Options, valid: number, subject: Subject): number {
  if (o.reduction === 'sum') return 1;
  return o['divide-by'] === 'elements' ? valid * subject.channels : valid;
}

/** Channel losses are means over all elements, as in every library. */
function channelDivisor(o: Options, valid: number, subject: Subject): number {
  return o.reduction === 'sum' ? 1 : valid * subject.channels;
}

function binaryOptionsOf(o: Options): {
  'pos-weight': null;
  alpha: number | null;
  'label-smoothing': number;
  reduction: 'mean';
} {
  return { 'pos-weight': null, alpha: o.alpha?.[0] ?? null, 'label-smoothing': 0, reduction: 'mean' };
}
