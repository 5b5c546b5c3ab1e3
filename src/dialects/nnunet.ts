import type { Dialect } from '../core/index.ts';

/** nnU-Net as its trainer configures the losses. */
export const nnunet: Dialect = {
  id: 'nnunet',
  title: 'nnU-Net',
  source: 'nnunetv2.training.loss, commit 0e495086',
  losses: [
    {
      name: 'RobustCrossEntropyLoss',
      spec: 'ce',
      because: 'CrossEntropyLoss that also takes [N, 1, ...] targets',
      kinds: ['exclusive'],
    },
    {
      name: 'MemoryEfficientSoftDiceLoss',
      spec: 'dice:from=logits,form=negative,background=false,smooth=1e-5,eps=1e-8',
      because: 'returns -Dice, from 0 down to -1; the trainer leaves the background out',
    },
    {
      name: 'DC_and_CE_loss',
      spec: 'dice-ce:form=negative,background=false,smooth=1e-5,all-ignored=zero',
      because:
        'cross-entropy minus Dice without background: it ends at -1, not at 0. This is the main output alone; the trainer adds the ' +
        'side outputs with weights 1, 1/2, 1/4, ..., the last 0, divided by their sum',
      kinds: ['exclusive'],
    },
    {
      name: 'TopKLoss',
      spec: 'topk',
      because: 'hardest 10 % of all pixels of the batch, ignored ones included',
      kinds: ['exclusive'],
    },
    {
      name: 'DC_and_topk_loss',
      spec: 'dice-topk:form=negative,background=false,smooth=1e-5',
      because: 'TopK minus Dice without background',
      kinds: ['exclusive'],
    },
  ],
};
