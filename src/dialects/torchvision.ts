import type { Dialect } from '../core/index.ts';

/** torchvision's one loss for dense prediction. */
export const torchvision: Dialect = {
  id: 'torchvision',
  title: 'torchvision',
  source: 'torchvision.ops, from its documentation',
  losses: [
    {
      name: 'sigmoid_focal_loss',
      spec: 'focal:activation=sigmoid,alpha=0.25',
      because:
        'channel by channel, alpha 0.25 on the positive side; returned unreduced, shown as the mean over all elements',
    },
  ],
};
