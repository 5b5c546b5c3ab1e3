import { type GradientField, type Loss, type LossValue, loss, type PairCurve, type Subject } from '../core/index.ts';
import { type DifferenceSums, differences, type LikelihoodSums, likelihood, targetEntropy } from '../measures/index.ts';
import { reduction } from './_vocabulary.ts';

const options = {
  direction: {
    type: 'choice',
    default: 'forward',
    choices: ['forward', 'reverse'],
    about: 'KL(g || p), or KL(p || g), which is infinite for hard targets unless floored',
  },
  'divide-by': {
    type: 'choice',
    default: 'elements',
    choices: ['elements', 'count', 'batch'],
    about: 'pixels times classes (torch mean), pixels, or images (torch batchmean)',
  },
  reduction,
  'target-floor': { type: 'number', default: null, max: 0, about: 'reverse only: ln g is not taken below this' },
} as const;

type Options = {
  direction: string;
  'divide-by': string;
  reduction: string;
  'target-floor': number | null;
};

const log = { id: 'log' } as const;

/** Kullback-Leibler divergence. */
export const kl: Loss = loss({
  id: 'kl',
  title: 'Kullback-Leibler divergence',
  family: 'distribution',
  formula: 'L = sum_ic g ln(g / p) / (M C)  (divide-by=count: / M, batch: / N)',
  about:
    "For hard targets the same as cross-entropy up to what it is divided by. torch's mean divides by pixels times classes, batchmean by " +
    'the images alone, which makes it grow with the picture; torch wants log-probabilities as input. 0 ln 0 is 0.',
  when: 'targets are soft: distillation, averaged annotators',
  source: 'torch.nn.KLDivLoss; Kullback and Leibler 1951',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: (_, kind) => (kind === 'binary' ? 'sigmoid' : 'softmax'),
  measures: (o, subject) => ({
    forward: o.direction === 'forward' ? likelihood(log) : undefined,
    reverse: o.direction === 'forward' ? undefined : differences(curveOf(o, subject)),
    entropy: targetEntropy,
  }),
  value: ({ forward, reverse, entropy }, o, subject) => {
    const channels = forward === undefined ? reverseSums(reverse) : forwardSums(forward, entropy, subject);
    return summary(channels, forward?.valid ?? reverse?.valid ?? 0, o, subject);
  },
  gradient: ({ forward, reverse }, o, subject): readonly GradientField[] => {
    const by = divisor(o, forward?.valid ?? reverse?.valid ?? 0, subject);
    if (by === 0) return [];
    const factors = new Float64Array(subject.channels).fill(1 / by);
    if (forward === undefined) return [{ kind: 'difference', curve: curveOf(o, subject), factors }];
    if (subject.kind === 'exclusive') return [{ kind: 'likelihood', curve: log, weights: factors }];
    const negative = subject.kind === 'binary' ? factors : factors.map(() => 0);
    return [{ kind: 'elements', curve: log, positive: factors, negative }];
  },
  infimum: ({ entropy, forward, reverse }, o, subject) => {
    if (forward === undefined) return reverseInfimum(reverse?.valid ?? 0, o, subject);
    if (entropy.every((sum) => sum === 0)) return null;
    // Two sides meet their target exactly; of several channels, no -ln p is negative.
    const least = subject.kind === 'binary' ? 0 : entropy.reduce((a, b) => a + b, 0);
    return least / divisor(o, forward.valid, subject);
  },
});

/** sum_k p_k ln(p_k / g_k) is at least -ln sum_k g_k, reached at p proportional to the floored target. */
function reverseInfimum(valid: number, o: Options, subject: Subject): number {
  const floor = Math.exp(o['target-floor'] ?? -Infinity);
  // Of overlapping classes no more is known than that there are C of them.
  const mass = subject.kind === 'multilabel' ? subject.channels : 1 + (subject.rows - 1) * floor;
  return (-valid * Math.log(mass)) / divisor(o, valid, subject);
}

function curveOf(o: Options, subject: Subject): PairCurve {
  return { id: 'reverse-kl', floor: o['target-floor'] ?? -Infinity, sides: subject.kind === 'binary' ? 2 : 1 };
}

/** Per channel; the two rows of a binary loss are the two sides of its one channel. */
function forwardSums({ byRow }: LikelihoodSums, entropy: Float64Array, subject: Subject): number[] {
  const own = subject.kind === 'binary' ? [(byRow[0] ?? 0) + (byRow[1] ?? 0)] : [...byRow];
  return own.map((sum, c) => sum + (entropy[c] ?? 0));
}

function reverseSums(sums: DifferenceSums | undefined): number[] {
  return [...(sums?.inside ?? [])].map((inside, c) => inside + (sums?.outside[c] ?? 0));
}

function divisor(o: Options, valid: number, subject: Subject): number {
  if (o.reduction === 'sum') return 1;
  if (o['divide-by'] === 'batch') return subject.images;
  return o['divide-by'] === 'count' ? valid : valid * subject.channels;
}

function summary(channels: readonly number[], valid: number, o: Options, subject: Subject): LossValue {
  const binary = subject.kind === 'binary';
  return {
    value: channels.reduce((a, b) => a + b, 0) / divisor(o, valid, subject),
    perClass: binary ? null : channels.map((sum) => sum / (valid || Number.NaN)),
    contributions: binary || channels.some((sum) => sum < 0) ? null : channels,
  };
}
