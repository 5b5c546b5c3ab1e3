import type { Dialect } from '../core/index.ts';

/** MONAI's losses under their defaults. */
export const monai: Dialect = {
  id: 'monai',
  title: 'MONAI',
  source: 'monai.losses, commit d388d1c6',
  losses: [
    {
      name: 'DiceLoss',
      spec: 'dice:from=probabilities',
      because:
        'applies no activation unless told; per image and class, smoothing 1e-5 above and below, background counts',
    },
    {
      name: 'DiceLoss(jaccard=True)',
      spec: 'iou:from=probabilities,smooth=5e-6',
      because: 'applies no activation unless told; counts its smoothing of 1e-5 half',
    },
    {
      name: 'GeneralizedDiceLoss',
      spec: 'generalized-dice:from=probabilities',
      because:
        'applies no activation unless told; per image, weights 1/volume^2, an absent class gets the largest finite weight',
    },
    {
      name: 'TverskyLoss',
      spec: 'tversky:from=probabilities,fp=0.5,fn=0.5',
      because: 'applies no activation unless told; alpha is on false positives, both 0.5: Dice',
    },
    {
      name: 'FocalLoss',
      spec: 'focal:activation=sigmoid,divide-by=elements',
      because: 'one-against-rest sigmoid unless use_softmax=True; mean over pixels and channels',
    },
    {
      name: 'FocalLoss(use_softmax=True)',
      spec: 'focal:activation=softmax,divide-by=elements',
      because: 'softmax, but still the mean over pixels and channels: 1/C of the value per pixel',
      kinds: ['exclusive'],
    },
    {
      name: 'HausdorffDTLoss',
      spec: 'hausdorff-dt:from=probabilities',
      because: 'applies no activation unless told; background left out, masks without an edge have distance 0',
    },
    {
      name: 'LogHausdorffDTLoss',
      spec: 'hausdorff-dt:from=probabilities,form=log',
      because: 'applies no activation unless told; ln(1 + HausdorffDTLoss)',
    },
    {
      name: 'SoftclDiceLoss',
      spec: 'cldice:from=probabilities',
      because: 'takes probabilities; drops channel 0, sums over the batch',
      wrong:
        'with one channel nothing is left after channel 0 is dropped: the loss and its gradient are 0 whatever the prediction',
    },
    {
      name: 'DiceCELoss(softmax=True)',
      spec: 'dice-ce',
      because: 'Dice per image and class plus cross-entropy as torch has it',
      kinds: ['exclusive'],
    },
    {
      name: 'DiceFocalLoss(softmax=True)',
      spec: 'dice-focal:activation=sigmoid',
      because: 'softmax acts on the Dice half only; the focal half stays one-against-rest sigmoid',
      kinds: ['exclusive'],
    },
    {
      name: 'NACLLoss',
      spec: 'nacl',
      because:
        'cross-entropy plus 0.1 times the distance of the logits from the class shares of the 3 x 3 neighbourhood',
      kinds: ['exclusive'],
    },
  ],
};
