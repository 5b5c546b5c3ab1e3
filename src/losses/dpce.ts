import { type GradientField, type Loss, loss, type Subject } from '../core/index.ts';
import { type LikelihoodSums, likelihood, type PenaltyMap, penaltyMap } from '../measures/index.ts';
import { dot, meanPerClass, rowWeights, times } from './_class-rows.ts';
import { logCurve } from './_cross-entropy.ts';
import { clip, divideBy, logFloor } from './_vocabulary.ts';

const options = {
  variant: {
    type: 'choice',
    default: 'segloss-intended',
    choices: ['segloss-intended', 'segloss-code', 'caliva', 'odyssey', 'inverse'],
    about:
      'segloss-intended 1 + R/max R; segloss-code 1 (its code forgets the map: plain cross-entropy); caliva 1 + R in pixels; ' +
      'odyssey R without the 1; inverse 1 + 1/d',
  },
  normalise: {
    type: 'choice',
    default: 'variant',
    choices: ['variant', 'none', 'max'],
    about: 'R in pixel units, or divided by its largest value per class and image',
  },
  plus: { type: 'number', default: null, min: 0, about: 'added to R; 1 keeps the gradient of far pixels alive' },
  'divide-by': { ...divideBy, default: 'count' },
  limit: { type: 'number', default: null, min: 0, about: 'R is at most this' },
  spacing: { type: 'boolean', default: false, about: 'distances in the units of --spacing instead of pixels' },
  clip,
  'log-floor': logFloor,
} as const;

type Options = {
  variant: string;
  normalise: string;
  plus: number | null;
  'divide-by': string;
  limit: number | null;
  spacing: boolean;
  clip: number;
  'log-floor': number | null;
};

/** Cross-entropy weighed by the distance to the class boundary. */
export const dpce: Loss = loss({
  id: 'dpce',
  title: 'distance-penalised cross-entropy',
  family: 'distribution',
  formula:
    "L = sum_i W_i l_i / M,  W = 1 + R,  R = max(d) - d inside the pixel's own class, d the exact Euclidean distance to another label",
  about:
    "Cross-entropy whose weight grows towards the boundary of the pixel's class. Libraries differ only in the weight.",
  when: 'thin or hard boundaries matter more than the interior',
  source: 'Caliva et al. 2019, arXiv 1908.03679; SegLoss DisPenalizedCE, whose code returns the unweighted mean',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  measures: (o, subject) => {
    const map = mapOf(o, subject);
    return { pixels: likelihood(logCurve(o), map), map };
  },
  value: ({ pixels }, o, subject) => {
    const weights = rowWeights(subject);
    return {
      value: dot(weights, pixels.byRow) / divisor(pixels, weights, o),
      perClass: meanPerClass(pixels.byRow, pixels.weight),
      contributions: [...pixels.byRow].map((sum, row) => times(weights[row] ?? 0, sum)),
    };
  },
  gradient: ({ pixels, map }, o, subject) => {
    const weights = rowWeights(subject);
    const by = divisor(pixels, weights, o);
    return by === 0
      ? []
      : [
          field(
            o,
            subject,
            map,
            weights.map((w) => w / by),
          ),
        ];
  },
});

function mapOf(o: Options, subject: Subject): ReturnType<typeof penaltyMap> {
  const { variant } = o;
  const normalise = o.normalise === 'variant' ? variant === 'segloss-intended' : o.normalise === 'max';
  const plus = o.plus ?? (variant === 'odyssey' ? 0 : 1);
  const limit = variant === 'segloss-code' ? 0 : (o.limit ?? Infinity);
  return penaltyMap(
    { plus, normalise, inverse: variant === 'inverse', clip: limit },
    o.spacing ? subject.spacing : null,
  );
}

function divisor(pixels: LikelihoodSums, weights: Float64Array, o: Options): number {
  return o['divide-by'] === 'count' ? pixels.valid : dot(weights, pixels.weight);
}

function field(o: Options, subject: Subject, map: PenaltyMap, weights: Float64Array): GradientField {
  const curve = logCurve(o);
  if (subject.kind === 'exclusive') return { kind: 'likelihood', curve, weights, map };
  const [background = 0, foreground = 0] = weights;
  return {
    kind: 'elements',
    curve,
    positive: new Float64Array([foreground]),
    negative: new Float64Array([background]),
    map,
  };
}
