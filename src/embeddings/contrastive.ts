import { type Embedding, type EmbeddingSet, embedding, UsageError } from '../core/index.ts';
import { allPairs, contrastiveSum, sampledPairs } from '../kernels/index.ts';
import { compare } from './_comparing.ts';
import { reduction, sampling } from './_vocabulary.ts';

/** Contrastive loss. */
export const contrastive: Embedding = embedding({
  id: 'contrastive',
  title: 'contrastive loss',
  formula: 'L = mean over pairs of f D^2 for the same class, f max(0, m - D)^2 for different ones; f = 1/2',
  about:
    "Y = 1 means 'different' in the paper and 'same' in many libraries, some of which also drop the 1/2: with the " +
    'sense turned round the loss pulls classes together. Losses called contrastive over two views (NT-Xent, MONAI) are another loss.',
  when: 'pairs of pixels are known to match or not; the margin must suit the length of the features',
  source: 'Hadsell et al. 2006 (CVPR)',
  options: {
    margin: { type: 'number', default: 1, min: 0, about: 'different classes are to be at least so far apart' },
    factor: { type: 'number', default: 0.5, min: 0, about: 'in front of both squares: 0.5 in the paper' },
    normalise: { type: 'boolean', default: false, about: 'features are divided by their length first' },
    pairs: {
      type: 'choice',
      default: 'auto',
      choices: ['auto', 'file', 'all', 'sample'],
      about: 'which pairs: those of --pairs, all i < j, or a seeded sample. auto: the file if there is one, else all',
    },
    reduction,
    ...sampling,
  },
  cosine: (o) => o.normalise,
  evaluate: (set, o) => {
    const rule = o.pairs === 'auto' ? (set.pairs === null ? 'all' : 'file') : o.pairs;
    const how = { unit: 'pairs', whole: rule === 'file', normalise: o.normalise } as const;
    return compare(set, o, how, ({ rows, labels, gradient }) => {
      const pairs =
        rule === 'file'
          ? filePairs(set)
          : rule === 'sample'
            ? sampledPairs(labels, set.names.length, o.samples, o.seed)
            : allPairs(labels.length);
      const sums = contrastiveSum(rows, set.dims, labels, pairs, o.margin, gradient);
      for (let k = 0; k < gradient.length; k++) gradient[k] = o.factor * (gradient[k] ?? 0);
      return { ...sums, sum: o.factor * sums.sum, divisor: sums.terms };
    });
  },
});

function filePairs(set: EmbeddingSet): Int32Array {
  if (set.pairs !== null) return set.pairs;
  throw new UsageError('contrastive:pairs=file has no file; name one with --pairs, or use all');
}
