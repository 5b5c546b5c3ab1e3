import type { Dialect } from '../core/index.ts';

/** PyTorch's own losses. */
export const pytorch: Dialect = {
  id: 'pytorch',
  title: 'PyTorch',
  source: 'torch.nn, 1.13 and later',
  losses: [
    {
      name: 'CrossEntropyLoss',
      spec: 'ce',
      because: 'takes logits; mean over the valid pixels, with class weights divided by the sum of the weights met',
      kinds: ['exclusive', 'multilabel'],
    },
    {
      name: 'NLLLoss',
      spec: 'nll',
      because: 'takes log-probabilities; mean as CrossEntropyLoss',
      kinds: ['exclusive'],
    },
    {
      name: 'BCEWithLogitsLoss',
      spec: 'bce-logits',
      because: 'takes logits; mean over pixels and channels, never divided by weights',
    },
    {
      name: 'BCELoss',
      spec: 'bce',
      because: 'takes probabilities; logarithms are floored at -100, so that one wrong pixel costs at most 100',
    },
    {
      name: 'KLDivLoss',
      spec: 'kl:from=log-probabilities',
      because: 'takes log-probabilities; mean over pixels and channels: 1/C of cross-entropy for one-hot targets',
      kinds: ['exclusive'],
    },
    {
      name: 'MSELoss',
      spec: 'mse',
      because: 'mean over pixels and channels: 1/C of the Brier score',
    },
    {
      name: 'L1Loss',
      spec: 'l1',
      because: 'mean over pixels and channels',
    },
    {
      name: 'SmoothL1Loss',
      spec: 'smooth-l1',
      because: 'beta 1: half of MSELoss as long as both sides are probabilities',
    },
    {
      name: 'HuberLoss',
      spec: 'huber',
      because: 'delta 1: the same as SmoothL1Loss there',
    },
    {
      name: 'MultiMarginLoss',
      spec: 'multi-hinge',
      because: 'sum over the other classes divided by the number of classes',
      kinds: ['exclusive'],
    },
    {
      name: 'SoftMarginLoss',
      spec: 'soft-margin',
      because: 'the same number as BCEWithLogitsLoss, but it overflows where exp does',
      kinds: ['binary'],
    },
  ],
};
