import { type Loss, loss } from '../core/index.ts';
import { hausdorffErrors } from '../measures/index.ts';
import { channelFactors, channelMean, firstChannel, foregroundOnly, spacing } from './_distance.ts';

const options = {
  alpha: { type: 'number', default: 2, min: 0, about: 'exponent on the distances' },
  background: foregroundOnly,
  form: { type: 'choice', default: 'plain', choices: ['plain', 'log'], about: 'L, or ln(1 + L)' },
  guard: {
    type: 'choice',
    default: 'both',
    choices: ['both', 'empty', 'none'],
    about:
      'masks without an edge: distance 0 (MONAI); only the empty one is guarded (SegLoss HausdorffDTLoss), none is (SegLoss ' +
      'HDDTBinaryLoss), and the others get what scipy gives an array without background, the distance to a corner',
  },
  spacing,
} as const;

/** Hausdorff loss over distance transforms. */
export const hausdorffDt: Loss = loss({
  id: 'hausdorff-dt',
  title: 'Hausdorff loss (distance transform)',
  family: 'boundary',
  formula: 'L = mean_ic (p - g)^2 (d_p^alpha + d_g^alpha),  d the distance to the edge of p > 1/2 and of g',
  about:
    'Squared error, weighed by how far the pixel is from the edges of prediction and target. In squared pixels: values of ' +
    'different spacing do not compare. Libraries differ in what they do with masks that have no edge.',
  when: 'the farthest error counts, not the area; as the second term after a region loss has converged',
  source:
    'Karimi & Salcudean 2019, arXiv 1904.10030; MONAI HausdorffDTLoss, SegLoss HausdorffDTLoss and HDDTBinaryLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o, subject) => ({ errors: hausdorffErrors(o.alpha, o.guard, o.spacing ? subject.spacing : null) }),
  value: ({ errors }, o, subject) => {
    const plain = channelMean(errors.sums, errors.valid, firstChannel(o.background, subject.channels), subject);
    return o.form === 'plain' ? plain : { ...plain, value: Math.log1p(plain.value) };
  },
  gradient: ({ errors }, o, subject) => {
    const first = firstChannel(o.background, subject.channels);
    const elements = errors.valid * (subject.channels - first);
    if (elements === 0) return [];
    const values = errors.slopes();
    const { value } = channelMean(errors.sums, errors.valid, first, subject);
    const factor = (o.form === 'log' ? 1 / (1 + value) : 1) / elements;
    return [{ kind: 'map', at: 'probabilities', values, factors: channelFactors(factor, first, subject) }];
  },
});
