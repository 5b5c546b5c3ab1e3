import type { Dialect } from '../core/index.ts';

/** segmentation_models.pytorch. */
export const smp: Dialect = {
  id: 'smp',
  title: 'SMP',
  source: 'segmentation_models_pytorch.losses, commit 50066163',
  losses: [
    {
      name: 'DiceLoss',
      spec: 'dice:from=logits,smooth=0,eps=1e-7,batch=true,absent=zero,intersection=l1',
      because:
        'activates logits itself; always sums over the batch, no smoothing, a class without pixels counts with loss 0; ' +
        'the intersection is (S + G - |p - g|) / 2, another one for soft targets only',
    },
    {
      name: 'JaccardLoss',
      spec: 'iou:from=logits,smooth=0,eps=1e-7,batch=true,absent=zero,intersection=l1',
      because: 'as its DiceLoss, with the union below',
    },
    {
      name: 'TverskyLoss',
      spec: 'tversky:from=logits,smooth=0,eps=1e-7,batch=true,absent=zero,intersection=l1,fp=0.5,fn=0.5',
      because: 'alpha on false positives and beta on false negatives, both 0.5; sums over the batch',
    },
    {
      name: 'FocalLoss',
      spec: 'focal:activation=sigmoid,divide-by=weights',
      because: 'its multiclass mode is one-against-rest sigmoid too; mean over the classes',
    },
    {
      name: 'LovaszLoss',
      spec: 'lovasz-softmax:from=logits',
      because: 'present classes only, ranked over the whole batch',
      kinds: ['exclusive'],
    },
    {
      name: 'LovaszLoss (binary)',
      spec: 'lovasz-hinge',
      because: 'hinge on the logits, ranked over the whole batch',
      kinds: ['binary'],
    },
    {
      name: 'MCCLoss',
      spec: 'mcc:from=probabilities',
      because: 'takes probabilities and has no switch for logits, unlike its siblings; batch sums',
      kinds: ['binary'],
    },
    {
      name: 'SoftBCEWithLogitsLoss',
      spec: 'bce-logits:count=all',
      because: 'ignored pixels add nothing but are counted in the mean',
      kinds: ['binary', 'multilabel'],
    },
    {
      name: 'SoftCrossEntropyLoss(smooth_factor=0)',
      spec: 'ce:count=all',
      because: 'ignored pixels add nothing but are counted in the mean',
      kinds: ['exclusive'],
      wrong: 'called with its defaults (smooth_factor=None) it raises a TypeError',
    },
  ],
};
