import { type Curve, type GradientField, type Loss, loss, regionColumns, type Subject } from '../core/index.ts';
import { type UnifiedSide, type UnifiedSums, unifiedClip, unifiedSums } from '../measures/index.ts';

const options = {
  weight: { type: 'number', default: 0.5, min: 0, max: 1, about: 'of the focal part; 1 - weight goes to Tversky' },
  gamma: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    about: 'the focal part damps easy background by (1 - p)^gamma, the Tversky part lifts foreground by 1 - gamma',
  },
  delta: {
    type: 'number',
    default: 0.7,
    min: 0,
    max: 1,
    about: 'factor on the foreground cross-entropy and on false negatives; 1 - delta on the rest',
  },
  'one-channel': {
    type: 'choice',
    default: 'two-sided',
    choices: ['two-sided', 'truncated'],
    about:
      'a single channel p stands for (1 - p, p), or p is cut to an integer and one-hot encoded, which leaves no gradient (MONAI)',
  },
} as const;

type Options = { weight: number; gamma: number; delta: number; 'one-channel': string };

/** Smooths the Tversky index. */
const smooth = 1e-7;

/** Asymmetric focal cross-entropy plus asymmetric focal Tversky. */
export const unifiedFocal: Loss = loss({
  id: 'unified-focal',
  title: 'unified focal loss (asymmetric)',
  family: 'compound',
  formula:
    'L = w mean_i (d CE_fg + (1-d) (1-p_bg)^g CE_bg) + (1-w) mean(1 - TI_bg, (1 - TI_fg)^(1-g)),  TI with d on misses',
  about:
    "Focal damping for the background only, focal lifting for the foreground only. MONAI's documentation speaks of logits, but its " +
    'code applies no activation; given one channel it truncates the prediction itself, and no gradient is left.',
  when: 'small foreground with both Dice-like and pixel-wise pressure; two classes',
  source: 'Yeung et al. 2022, arXiv 2102.04525; MONAI AsymmetricUnifiedFocalLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive'],
  weighted: false,
  measures: (o) => ({ sums: unifiedSums(o.gamma, o['one-channel'] === 'truncated') }),
  value: ({ sums }, o) => {
    const pixels = crossEntropy(sums, o) / sums.valid;
    const parts = tversky(sums, o);
    const region = parts.reduce((total, part) => total + part.value, 0) / parts.length;
    return { value: o.weight * pixels + (1 - o.weight) * region, perClass: null, contributions: null };
  },
  gradient: ({ sums }, o, subject) => {
    if (sums.valid === 0 || (subject.channels === 1 && o['one-channel'] === 'truncated')) return [];
    return [...crossEntropyFields(sums, o, subject), regionField(sums, o, subject)];
  },
});

/** Sum over pixels: the first side is the background. */
function crossEntropy({ images }: UnifiedSums, o: Options): number {
  return images
    .flatMap((sides) => sides.map((side, k) => (k === 0 ? (1 - o.delta) * side.focal : o.delta * side.log)))
    .reduce((a, b) => a + b, 0);
}

function crossEntropyFields({ valid }: UnifiedSums, o: Options, subject: Subject): GradientField[] {
  const damped: Curve = { id: 'focal', gamma: o.gamma, clip: unifiedClip };
  const plain: Curve = { id: 'log', clip: unifiedClip };
  const [back, fore] = [(o.weight * (1 - o.delta)) / valid, (o.weight * o.delta) / valid];
  if (subject.kind === 'binary') {
    const [none, one] = [new Float64Array(1), (w: number) => new Float64Array([w])];
    return [
      { kind: 'elements', curve: damped, positive: none, negative: one(back) },
      { kind: 'elements', curve: plain, positive: one(fore), negative: none },
    ];
  }
  const weights = (first: number, rest: number): Float64Array =>
    new Float64Array(subject.channels).fill(rest).fill(first, 0, 1);
  return [
    { kind: 'likelihood', curve: damped, weights: weights(back, 0) },
    { kind: 'likelihood', curve: plain, weights: weights(0, fore) },
  ];
}

/** One side of one image: its loss, and the slope with respect to its own probability as a g + b. */
interface SideLoss {
  readonly image: number;
  readonly side: number;
  readonly value: number;
  readonly a: number;
  readonly b: number;
}

function tversky(sums: UnifiedSums, o: Options): SideLoss[] {
  return sums.images.flatMap((sides, image) =>
    sides.map((own, side) => {
      const { rest, a, b } = tverskyIndex(own, o.delta);
      const power = side === 0 ? 1 : 1 - o.gamma;
      const slope = power === 0 ? 0 : -power * rest ** (power - 1);
      return { image, side, value: rest ** power, a: slope * a, b: slope * b };
    }),
  );
}

/** 1 - (I + s) / (I + d FN + (1 - d) FP + s), and the slope g / D - (1 - d) N / D^2 of the index. */
function tverskyIndex({ hit, miss, excess }: UnifiedSide, delta: number): { rest: number; a: number; b: number } {
  const top = hit + smooth;
  const errors = delta * miss + (1 - delta) * excess;
  const bottom = top + errors;
  return { rest: errors / bottom, a: 1 / bottom, b: (-(1 - delta) * top) / bottom ** 2 };
}

function regionField(sums: UnifiedSums, o: Options, subject: Subject): GradientField {
  const { channels, images } = subject;
  const coefficients = new Float64Array(regionColumns * images * channels);
  const parts = tversky(sums, o);
  const factor = (1 - o.weight) / parts.length;
  const add = (at: number, columns: readonly number[]): void =>
    columns.forEach((value, k) => {
      coefficients[at + k] = (coefficients[at + k] ?? 0) + factor * value;
    });
  for (const { image, side, a, b } of parts) {
    // a g + b in g^2, g (1-g), (1-g)^2; the background of a single channel sees 1 - g and falls as p rises.
    if (channels > 1) add(regionColumns * (image * channels + side), [a + b, a + 2 * b, b]);
    else add(regionColumns * image, side === 1 ? [a + b, a + 2 * b, b] : [-b, -a - 2 * b, -a - b]);
  }
  return { kind: 'region', coefficients };
}
