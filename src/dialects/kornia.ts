import type { Dialect } from '../core/index.ts';

/** kornia's losses. */
export const kornia: Dialect = {
  id: 'kornia',
  title: 'kornia',
  source: 'kornia.losses, from its documentation',
  losses: [
    {
      name: 'dice_loss',
      spec: 'dice:from=logits,smooth-nr=0,smooth-dr=1e-8,pooled=true',
      because: "softmax inside; average='micro' is one ratio over all classes per image, which the large classes rule",
      kinds: ['exclusive'],
    },
    {
      name: "dice_loss(average='macro')",
      spec: 'dice:from=logits,smooth-nr=0,smooth-dr=1e-8',
      because: 'softmax inside; per image and class',
      kinds: ['exclusive'],
    },
    {
      name: 'focal_loss(alpha=0.5)',
      spec: 'focal:activation=softmax,divide-by=elements,alpha=0.5',
      because: 'softmax, alpha on every class, mean over pixels and channels',
      kinds: ['exclusive'],
    },
  ],
};
