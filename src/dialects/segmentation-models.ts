import type { Dialect } from '../core/index.ts';

/** The Keras package segmentation_models. */
export const segmentationModels: Dialect = {
  id: 'segmentation-models',
  title: 'segmentation_models',
  source: 'segmentation_models (Keras), from its documentation',
  losses: [
    {
      name: 'DiceLoss',
      spec: 'dice:from=probabilities,smooth=1e-5,batch=true',
      because: 'takes probabilities; sums over the batch, smoothing 1e-5',
    },
    {
      name: 'JaccardLoss',
      spec: 'iou:from=probabilities,smooth=1e-5,batch=true',
      because: 'takes probabilities; sums over the batch, smoothing 1e-5',
    },
    {
      name: 'CategoricalFocalLoss',
      spec: 'focal:from=probabilities,clip=1e-7,alpha=0.25,divide-by=elements',
      because: 'alpha 0.25 on every class, mean over pixels and channels',
      kinds: ['exclusive'],
    },
    {
      name: 'BinaryFocalLoss',
      spec: 'focal:from=probabilities,clip=1e-7,alpha=0.25,alpha-negative=same',
      because: 'alpha 0.25 on both sides, a plain factor, where the paper has 1 - alpha on the negative one',
      kinds: ['binary', 'multilabel'],
    },
    {
      name: 'BinaryCELoss',
      spec: 'bce:clip=1e-7',
      because: 'takes probabilities, clipped at 1e-7',
      kinds: ['binary'],
    },
  ],
};
