import type { Formula } from '../core/index.ts';

/** IoU in place of Dice, or the reverse. */
export const jaccard: Formula = {
  id: 'jaccard',
  title: 'IoU instead of Dice',
  about: 'The other of the two overlap indices: J = D / (2 - D) for every class score.',
  formula: '1 - J, J = D / (2 - D)',
  suppose: ({ spec }) => {
    if (spec.loss.id === 'dice') return [{ departures: ['IoU instead of Dice'], loss: 'iou' }];
    return spec.loss.id === 'iou' ? [{ departures: ['Dice instead of IoU'], loss: 'dice' }] : [];
  },
};
