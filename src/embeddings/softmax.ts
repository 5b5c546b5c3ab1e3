import { type Embedding, embedding } from '../core/index.ts';
import { headValue } from './_head.ts';
import { weighting } from './_vocabulary.ts';

/** Softmax loss on features: the last linear layer and cross-entropy. */
export const softmax: Embedding = embedding({
  id: 'softmax',
  title: 'softmax loss',
  formula: 'L = mean_i -ln( exp(W_y.x) / sum_j exp(W_j.x) )',
  about:
    'Cross-entropy of the last linear layer, without bias: what every loss with a margin starts from. It rewards long ' +
    'features and wide angles alike, so it can fall without the classes moving apart.',
  when: 'as the number to compare the others with',
  source: 'cross-entropy of a linear layer; torch.nn.CrossEntropyLoss on x W^T',
  options: weighting,
  evaluate: (set, o) =>
    headValue(set, { scale: 1, featureLength: true, classLength: true, margin: { kind: 'none' } }, o),
});
