import { type Loss, type LossValue, loss, type Subject, sumLoss } from '../core/index.ts';
import { type LikelihoodSums, likelihood } from '../measures/index.ts';
import { dot, meanPerClass, rowWeights } from './_class-rows.ts';
import { type Bend, type IndexValues, indexOptions, indexRegion } from './_index.ts';
import { term } from './_terms.ts';
import { background, batch, divideBy } from './_vocabulary.ts';

const balance = {
  type: 'choice',
  default: 'sqrt-inverse',
  choices: ['sqrt-inverse', 'none'],
  about: 'class weights of the cross-entropy: sqrt(pixels / pixels of the class) or none; --weights take their place',
} as const;

const over = {
  type: 'choice',
  default: 'logs',
  choices: ['logs', 'dice'],
  about: "mean of every class's (-ln D)^gamma (the paper), or (-ln of the mean D)^gamma (SegLoss)",
} as const;

const exponent = { type: 'number', default: 0.3, min: 0 } as const;

const options = {
  'dice-weight': { type: 'number', default: 0.8, min: 0, about: 'factor on the Dice part' },
  'ce-weight': { type: 'number', default: 0.2, min: 0, about: 'factor on the cross-entropy part' },
  'dice-gamma': { ...exponent, about: 'exponent on -ln D' },
  'ce-gamma': { ...exponent, about: 'exponent on the cross-entropy of a pixel; 1 in SegLoss' },
  smooth: { type: 'number', default: 1, min: 0, about: 'added to numerator and denominator of Dice' },
  over,
  balance,
  'divide-by': {
    ...divideBy,
    default: 'count',
    about: 'the weighted cross-entropy is divided by the number of pixels (the paper) or by the weights (SegLoss)',
  },
  batch,
  background,
} as const;

/** Powers of logarithms of Dice and of the pixels' probabilities. */
export const explog: Loss = sumLoss({
  id: 'explog',
  title: 'exponential logarithmic loss',
  family: 'compound',
  formula: 'L = a mean_c (-ln D_c)^gamma + b mean_i w_y (-ln p_iy)^gamma',
  about:
    'The exponents below 1 bend both parts so that small structures count more. The slope is infinite where Dice or p is 1. ' +
    'SegLoss takes the logarithm of the mean Dice and leaves the cross-entropy unbent.',
  when: 'structures of very different size',
  source: 'Wong et al. 2018, arXiv 1809.00076; SegLoss ExpLog_loss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  terms: (o) => [
    term(o['dice-weight'], logDice, {
      exponent: o['dice-gamma'],
      over: o.over,
      smooth: o.smooth,
      batch: o.batch,
      background: o.background,
      form: o.over === 'logs' ? 'log' : 'complement',
    }),
    term(o['ce-weight'], bentCrossEntropy, {
      exponent: o['ce-gamma'],
      balance: o.balance,
      'divide-by': o['divide-by'],
    }),
  ],
});

const logDiceOptions = { ...indexOptions, exponent: { ...exponent, about: 'exponent on -ln D' }, over } as const;

const bentDice = indexRegion((o: IndexValues & { readonly exponent: number; readonly over: string }) => ({
  k: 2,
  fp: 0.5,
  fn: 0.5,
  ...(o.over === 'logs' ? { each: power(o.exponent) } : { whole: powerOfLog(o.exponent) }),
}));

/** x^exponent of a logarithm that rounding may have left just below 0. */
function power(exponent: number): Bend {
  return { value: (x) => Math.max(0, x) ** exponent, slope: (x) => exponent * Math.max(0, x) ** (exponent - 1) };
}

/** (-ln max(1 - x, 1e-6))^exponent. */
function powerOfLog(exponent: number): Bend {
  const { value, slope } = power(exponent);
  return {
    value: (x) => value(-Math.log(Math.max(1 - x, 1e-6))),
    slope: (x) => (1 - x < 1e-6 ? 0 : slope(-Math.log1p(-x)) / (1 - x)),
  };
}

/** Class weights belong to the cross-entropy. */
const unweighted = (subject: Subject): Subject => ({ ...subject, weights: null });

const logDice: Loss = loss({
  id: 'log-dice',
  title: 'logarithmic Dice',
  formula: 'L = mean_c (-ln D_c)^gamma',
  about: 'The Dice part of explog.',
  when: 'as a part of explog',
  source: 'Wong et al. 2018, arXiv 1809.00076',
  options: logDiceOptions,
  ...bentDice,
  value: (values, o, subject) => ({ ...bentDice.value(values, o, unweighted(subject)), contributions: null }),
  gradient: (values, o, subject) => bentDice.gradient(values, o, unweighted(subject)),
});

interface Balance {
  readonly balance: string;
  readonly 'divide-by': string;
}

const bentCrossEntropy: Loss = loss({
  id: 'bent-ce',
  title: 'cross-entropy to a power',
  family: 'distribution',
  formula: 'L = mean_i w_y (-ln p_iy)^gamma',
  about: 'The cross-entropy part of explog.',
  when: 'as a part of explog',
  source: 'Wong et al. 2018, arXiv 1809.00076',
  options: { exponent: { ...exponent, about: 'exponent on -ln p' }, balance, 'divide-by': options['divide-by'] },
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  measures: (o) => ({ pixels: likelihood({ id: 'power', power: o.exponent }) }),
  value: ({ pixels }, o, subject): LossValue => {
    const weights = classWeights(pixels, o, subject);
    return {
      value: dot(weights, pixels.byRow) / divisor(pixels, weights, o),
      perClass: meanPerClass(pixels.byRow, pixels.weight),
      contributions: [...weights].map((w, row) => (w === 0 ? 0 : w * (pixels.byRow[row] ?? 0))),
    };
  },
  gradient: ({ pixels }, o, subject) => {
    const weights = classWeights(pixels, o, subject);
    const by = divisor(pixels, weights, o);
    if (by === 0) return [];
    const curve = { id: 'power', power: o.exponent } as const;
    const [negative = 0, positive = 0] = weights;
    if (subject.kind === 'exclusive') return [{ kind: 'likelihood', curve, weights: weights.map((w) => w / by) }];
    const side = (w: number): Float64Array => new Float64Array([w / by]);
    return [{ kind: 'elements', curve, positive: side(positive), negative: side(negative) }];
  },
});

function classWeights({ weight, valid }: LikelihoodSums, o: Balance, subject: Subject): Float64Array {
  if (subject.weights !== null || o.balance === 'none') return rowWeights(subject);
  return weight.map((pixels) => (pixels > 0 ? Math.sqrt(valid / pixels) : 0));
}

function divisor({ weight, valid }: LikelihoodSums, weights: Float64Array, o: Balance): number {
  return o['divide-by'] === 'count' ? valid : dot(weights, weight);
}
