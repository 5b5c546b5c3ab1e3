import { type Embedding, type EmbeddingSet, embedding, UsageError } from '../core/index.ts';
import { allTriplets, hardestTriplets, sampledTriplets, tripletSum } from '../kernels/index.ts';
import { compare } from './_comparing.ts';
import { reduction, sampling } from './_vocabulary.ts';

/** What each convention means where an option leaves it open. */
const conventions = {
  torch: { margin: 1, eps: 1e-6, squared: false, normalise: false },
  facenet: { margin: 0.2, eps: 0, squared: true, normalise: true },
  plain: { margin: 1, eps: 0, squared: false, normalise: false },
} as const;

/** Triplet loss. */
export const triplet: Embedding = embedding({
  id: 'triplet',
  title: 'triplet loss',
  formula: 'L = mean over (a, p, n) of max(0, d(a,p) - d(a,n) + margin)',
  about:
    'An anchor is to be nearer to a pixel of its class than to one of another. torch takes the distance itself and adds ' +
    '1e-6 to every difference, FaceNet squared distances of features of length 1. Which triplets are looked at ' +
    'decides the number: batch-all is a mean over those that are above 0 and says little of how many are.',
  when: 'embeddings without a class matrix; a value that sticks at the margin means that all features have become one point',
  source:
    'Schroff et al. 2015, arXiv 1503.03832; torch.nn.TripletMarginLoss; mining: Hermans et al. 2017, arXiv 1703.07737',
  options: {
    convention: {
      type: 'choice',
      default: 'torch',
      choices: ['torch', 'facenet', 'plain'],
      about: 'sets the next four: margin 1 and eps 1e-6; margin 0.2, squared, normalised; margin 1 and nothing else',
    },
    margin: { type: 'number', default: null, min: 0, about: 'how much nearer; none: as the convention has it' },
    squared: { type: 'choice', default: 'auto', choices: ['auto', 'true', 'false'], about: 'distances are squared' },
    normalise: {
      type: 'choice',
      default: 'auto',
      choices: ['auto', 'true', 'false'],
      about: 'features are divided by their length first',
    },
    eps: { type: 'number', default: null, min: 0, about: 'added to every difference before the norm' },
    mining: {
      type: 'choice',
      default: 'auto',
      choices: ['auto', 'file', 'batch-hard', 'batch-all', 'sample'],
      about:
        'which triplets: those of --triplets; per anchor the farthest of its class and the nearest other; all, as a mean ' +
        'over those above 0; a seeded sample. auto: the file if there is one, else batch-hard',
    },
    reduction,
    ...sampling,
  },
  cosine: (o) => (o.normalise === 'auto' ? conventions[o.convention].normalise : o.normalise === 'true'),
  evaluate: (set, o) => {
    const usual = conventions[o.convention];
    const decided = (choice: string, otherwise: boolean): boolean =>
      choice === 'auto' ? otherwise : choice === 'true';
    const how = { eps: o.eps ?? usual.eps, squared: decided(o.squared, usual.squared) };
    const margin = o.margin ?? usual.margin;
    const mining = o.mining === 'auto' ? (set.triplets === null ? 'batch-hard' : 'file') : o.mining;
    const normalise = decided(o.normalise, usual.normalise);
    return compare(set, o, { unit: 'triplets', whole: mining === 'file', normalise }, ({ rows, labels, gradient }) => {
      if (mining === 'batch-all') {
        const sums = allTriplets(rows, set.dims, labels, margin, how, gradient);
        return { ...sums, divisor: sums.active };
      }
      const triplets =
        mining === 'file'
          ? fileTriplets(set)
          : mining === 'sample'
            ? sampledTriplets(labels, set.names.length, o.samples, o.seed)
            : hardestTriplets(rows, set.dims, labels, how);
      const sums = tripletSum(rows, set.dims, triplets, margin, how, gradient);
      return { ...sums, divisor: sums.terms };
    });
  },
});

function fileTriplets(set: EmbeddingSet): Int32Array {
  if (set.triplets !== null) return set.triplets;
  throw new UsageError('triplet:mining=file has no file; name one with --triplets, or use batch-hard');
}
