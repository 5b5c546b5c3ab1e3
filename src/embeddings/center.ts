import { type Embedding, embedding } from '../core/index.ts';
import { centerSum } from '../kernels/index.ts';
import { reduction } from './_vocabulary.ts';

/** Center loss. */
export const center: Embedding = embedding({
  id: 'center',
  title: 'center loss',
  formula: 'L = 1/2 sum_i |x_i - c_y|^2',
  about:
    'Pulls features towards the centre of their class and nothing apart: alone it is best served by putting everything in ' +
    'one point. The paper sums over the batch; many codes take the mean or drop the 1/2. With class means as centres it ' +
    'is the scatter within the classes.',
  when: 'beside a softmax loss, with a small weight',
  source: 'Wen et al. 2016 (ECCV)',
  options: {
    factor: { type: 'number', default: 0.5, min: 0, about: 'in front of the squared distance: 0.5 in the paper' },
    reduction: { ...reduction, default: 'sum' },
  },
  evaluate: (set, o) => {
    const gradient = new Float64Array(set.rows.length);
    const sum = centerSum(set.rows, set.dims, set.labels, set.prototypes, gradient);
    const by = o.reduction === 'sum' ? 1 : set.count;
    return {
      value: (o.factor * sum) / by,
      gradient: gradient.map((g) => (o.factor * g) / by),
      terms: set.count,
      unit: 'pixels',
      violations: null,
      skipped: 0,
      poles: 0,
      beyond: 0,
      sampled: null,
    };
  },
});
