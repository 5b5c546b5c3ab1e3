import type { Dialect } from '../core/index.ts';

/** The SegLoss collection under its class defaults. */
export const segloss: Dialect = {
  id: 'segloss',
  title: 'SegLoss',
  source: 'losses_pytorch, commit 71b14900',
  losses: [
    {
      name: 'SoftDiceLoss',
      spec: 'dice:from=probabilities,form=negative,smooth=1',
      because: 'applies no activation unless told; returns -Dice, smoothing 1, background counts',
    },
    {
      name: 'IoULoss',
      spec: 'iou:from=probabilities,form=negative,smooth=1',
      because: 'applies no activation unless told; returns -IoU',
    },
    {
      name: 'TverskyLoss',
      spec: 'tversky:from=probabilities,form=negative,smooth=1,fp=0.3,fn=0.7',
      because: 'applies no activation unless told; returns the index with a minus; 0.3 on false positives',
    },
    {
      name: 'FocalTversky_loss',
      spec: 'focal-tversky:from=probabilities,smooth=1,over=mean',
      because: 'the power is taken of the mean over classes, not of each',
    },
    {
      name: 'AsymLoss',
      spec: 'asymmetric-similarity:from=probabilities,form=negative,smooth=1',
      because: 'beta 1.5; returns the index with a minus',
    },
    {
      name: 'SSLoss',
      spec: 'ss:from=probabilities,r=0.1,smooth=1',
      because:
        'r fixed at 0.1 and smoothing 1, where the paper takes 0.01 to 0.1 and 1e-5; the two parts are named the wrong way round',
    },
    {
      name: 'DisPenalizedCE',
      spec: 'dpce:variant=segloss-code',
      because: 'the distance weights are worked out and then not used',
      kinds: ['binary', 'exclusive'],
      wrong:
        'forward() returns the unweighted mean: this is plain cross-entropy; dpce:variant=segloss-intended applies the weights',
    },
    {
      name: 'TopKLoss',
      spec: 'topk',
      because: 'hardest 10 % of the pixels of the batch',
      kinds: ['exclusive'],
    },
    {
      name: 'LovaszSoftmax',
      spec: 'lovasz-softmax:from=probabilities,absent=keep',
      because: 'applies no softmax; an absent class counts with its largest probability',
      kinds: ['exclusive'],
      wrong: 'its own trainer hands it raw logits',
    },
    {
      name: 'WeightedCrossEntropyLoss',
      spec: 'weighted-ce',
      because: 'torch, divided by the weights met',
      kinds: ['exclusive'],
    },
  ],
};
