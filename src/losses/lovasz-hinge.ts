import { type Loss, loss } from '../core/index.ts';
import { lovasz } from '../measures/index.ts';
import { perImage } from './_lovasz.ts';

const options = {
  'per-image': perImage,
  joined: {
    type: 'boolean',
    default: true,
    about: 'several channels are ranked together as if they were one (SMP), instead of averaging over channels',
  },
} as const;

/** The convex surrogate of the Jaccard loss, on logits. */
export const lovaszHinge: Loss = loss({
  id: 'lovasz-hinge',
  title: 'Lovasz hinge loss',
  family: 'region',
  formula:
    'L = sum_k max(0, e_(k)) (J_k - J_(k-1)),  e = 1 - y z sorted down, y = +-1, J_k the Jaccard loss of the first k pixels',
  about:
    'The Lovasz extension of 1 - IoU over hinge errors of the logits. Takes z itself: handed probabilities it can never reach 0 ' +
    'on the background. An image without foreground costs its largest error, which sets per-image means apart from batches.',
  when: 'a binary mask and IoU as the score, after cross-entropy has converged',
  source: 'Berman et al. 2018, arXiv 1705.08790; SMP LovaszLoss(binary, multilabel)',
  options,
  from: 'logits',
  kinds: ['binary', 'multilabel'],
  weighted: false,
  measures: (o) => ({ scores: lovasz({ errors: 'hinge', perImage: o['per-image'], joined: o.joined }) }),
  value: ({ scores }) => {
    const sum = scores.cells.reduce((total, cell) => total + cell.value, 0);
    return { value: sum / scores.cells.length, perClass: null, contributions: null };
  },
  gradient: ({ scores }) => [{ kind: 'map', at: 'scores', ...scores.gradient(() => 1 / scores.cells.length) }],
});
