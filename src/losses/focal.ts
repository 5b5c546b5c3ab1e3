import {
  type GradientField,
  type Kind,
  type Loss,
  loss,
  regionColumns,
  type Subject,
  usualActivation,
} from '../core/index.ts';
import { elements, likelihood, margins, targetTotals } from '../measures/index.ts';
import { sidesValue } from './_binary-cross-entropy.ts';
import { dot, meanPerClass, times } from './_class-rows.ts';
import { curves, type FocalOptions, pixelWeights, sides } from './_focal.ts';
import { background, clip, gamma, logFloor, reduction } from './_vocabulary.ts';

const options = {
  gamma,
  alpha: {
    type: 'numbers',
    default: null,
    about:
      'one factor per class (softmax), or one number: alpha on the positive side, 1 - alpha on the negative (sigmoid)',
  },
  'alpha-negative': {
    type: 'choice',
    default: 'complement',
    choices: ['complement', 'same'],
    about:
      'what a single alpha puts on the negative side of a channel: 1 - alpha, or alpha as well (segmentation_models)',
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
    choices: ['count', 'elements', 'weights'],
    about:
      'mean over the pixels, over pixels times classes (MONAI), which makes softmax focal 1/C of it, or over the class weights (SMP)',
  },
  reduction: {
    ...reduction,
    choices: ['mean', 'sum', 'sum-of-means'],
    about: 'mean or sum over the valid pixels; sum-of-means: mean over the pixels of an image, then a sum (MONAI sum)',
  },
  background: {
    ...background,
    about: 'channel 0 takes part; without it a softmax runs over the other channels only (MONAI)',
  },
  normalised: {
    type: 'boolean',
    default: false,
    about: 'divided by the sum of the factors (1 - p)^gamma as well (SMP)',
  },
  'reduced-threshold': {
    type: 'number',
    default: null,
    min: 0,
    max: 1,
    about: 'the factor is ((1 - p) / t)^gamma, and 1 where p is below t (SMP)',
  },
  spread: {
    type: 'number',
    default: 0,
    min: 0,
    max: 0.4,
    about: 'the target is clamped to [s / (C - 1), 1 - s] and s added to p (SegLoss smooth, 1e-5)',
  },
  odds: {
    type: 'boolean',
    default: false,
    about: 'p is read as p / (1 + p): ln p goes into a sigmoid (SMP from_logits=False)',
  },
  clip,
  'log-floor': logFloor,
} as const;

/** Focal loss, over a softmax or channel by channel. */
export const focal: Loss = loss({
  id: 'focal',
  title: 'focal loss',
  family: 'distribution',
  formula: 'L = mean_i a_y (1 - p_iy)^gamma (-ln p_iy)',
  about:
    'Cross-entropy in which pixels that are already right hardly count. MONAI (unless told otherwise) and SMP take a sigmoid per ' +
    'channel even for exclusive classes, and they disagree on weights, alpha, the background and what is divided by.',
  when: 'easy background dwarfs a hard foreground; keep gamma small, a large one starves the gradient',
  source: 'Lin et al. 2017, arXiv 1708.02002; MONAI, SMP and SegLoss FocalLoss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  activation: activationOf,
  measures: (o, subject) => {
    const { own, negative, factor, negativeFactor } = curves(o, subject);
    const split = perChannel(o, subject.kind);
    const margin = { id: 'foreground', curve: own } as const;
    const norm = { id: 'foreground', curve: factor } as const;
    const cut = cutsBackground(o, subject);
    return {
      totals: targetTotals,
      channels: split ? elements(own, negative) : undefined,
      channelNorm: split && o.normalised ? elements(factor, negativeFactor) : undefined,
      pixels: split ? undefined : cut ? margins(margin) : likelihood(own),
      pixelNorm: split || !o.normalised ? undefined : cut ? margins(norm) : likelihood(factor),
    };
  },
  value: (values, o, subject) => {
    // Softmax of one channel is 1 whatever the network says.
    if (isDegenerate(o, subject)) return { value: 0, perClass: [0, 0], contributions: null };
    const { channels, channelNorm, pixels, pixelNorm, totals } = values;
    if (channels !== undefined) {
      const found = sides(o, subject, totals, channels, channelNorm);
      const value = sidesValue(channels, found.weights, 0, 1, subject);
      const undefinedMean = found.by === 0;
      return {
        ...value,
        value: undefinedMean ? Number.NaN : value.value,
        contributions: o.normalised ? null : value.contributions,
      };
    }
    const { byRow, weight, valid } = pixels ?? nothing;
    const found = pixelWeights(o, subject, weight, valid, byRow, pixelNorm);
    return {
      value: found.by === 0 ? Number.NaN : dot(found.weights, byRow),
      perClass: meanPerClass(byRow, weight),
      contributions: o.normalised ? null : [...byRow].map((sum, row) => times(found.weights[row] ?? 0, sum)),
    };
  },
  gradient: (values, o, subject) => {
    if (isDegenerate(o, subject)) return [];
    const { channels, channelNorm, pixels, pixelNorm, totals } = values;
    const { own, negative, factor, negativeFactor } = curves(o, subject);
    if (channels !== undefined) {
      const { by, weights, norm } = sides(o, subject, totals, channels, channelNorm);
      if (by === 0) return [];
      const fields: GradientField[] = [{ kind: 'elements', curve: own, negativeCurve: negative, ...weights }];
      if (norm !== null) fields.push({ kind: 'elements', curve: factor, negativeCurve: negativeFactor, ...norm });
      return fields;
    }
    const { byRow, weight, valid } = pixels ?? nothing;
    const { by, weights, norm } = pixelWeights(o, subject, weight, valid, byRow, pixelNorm);
    if (by === 0) return [undefinedEverywhere(subject)];
    const cut = cutsBackground(o, subject);
    return [
      { curve: own, weights },
      { curve: factor, weights: norm },
    ].flatMap(({ curve, weights: of }): GradientField[] => {
      if (of === null) return [];
      return cut
        ? [{ kind: 'margin', margin: { id: 'foreground', curve }, weights: of }]
        : [{ kind: 'likelihood', curve, weights: of }];
    });
  },
});

const nothing = { byRow: new Float64Array(0), weight: new Float64Array(0), valid: 0 };

/** A mean over no pixel is 0/0 in the value and in every entry of the gradient. */
function undefinedEverywhere(subject: Subject): GradientField {
  const size = regionColumns * subject.images * subject.channels;
  return { kind: 'region', coefficients: new Float64Array(size).fill(Number.NaN), ignoredToo: true };
}

function activationOf(o: { activation: string }, kind: Kind): 'softmax' | 'sigmoid' {
  return o.activation === 'softmax' || o.activation === 'sigmoid' ? o.activation : usualActivation(kind);
}

function isDegenerate(o: FocalOptions, subject: Subject): boolean {
  return o.activation === 'softmax' && subject.channels === 1;
}

function perChannel(o: FocalOptions, kind: Kind): boolean {
  return kind !== 'exclusive' || o.activation === 'sigmoid';
}

function cutsBackground(o: FocalOptions, subject: Subject): boolean {
  return !o.background && subject.channels > 1;
}
