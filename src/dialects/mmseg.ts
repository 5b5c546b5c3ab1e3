import type { Dialect } from '../core/index.ts';

/** mmsegmentation's losses. */
export const mmseg: Dialect = {
  id: 'mmseg',
  title: 'mmseg',
  source: 'mmsegmentation 1.x, from its documentation and public threads',
  losses: [
    {
      name: 'CrossEntropyLoss',
      spec: 'ce:count=all',
      because:
        'avg_non_ignore=False: ignored pixels are counted in the mean; class weights are divided by the number of pixels',
      kinds: ['exclusive'],
    },
    {
      name: 'DiceLoss',
      spec: 'dice:from=logits,squared=vnet,smooth=1',
      because: 'squared probabilities below, smoothing 1',
      kinds: ['exclusive'],
    },
    {
      name: 'TverskyLoss',
      spec: 'tversky:from=logits,fp=0.3,fn=0.7,smooth=1',
      because: 'alpha 0.3 on false positives, beta 0.7 on false negatives, smoothing 1',
      kinds: ['exclusive'],
    },
    {
      name: 'FocalLoss',
      spec: 'focal:activation=sigmoid,alpha=0.5',
      because: 'one-against-rest sigmoid, alpha 0.5',
      kinds: ['exclusive'],
    },
    {
      name: 'LovaszLoss',
      spec: 'lovasz-softmax:from=logits',
      because: 'present classes, ranked over the whole batch',
      kinds: ['exclusive'],
    },
  ],
};
