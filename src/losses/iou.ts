import { type Loss, loss } from '../core/index.ts';
import { indexOptions, indexRegion } from './_index.ts';

/** Soft intersection over union. */
export const iou: Loss = loss({
  id: 'iou',
  title: 'IoU (Jaccard) loss',
  formula: 'L = mean_c 1 - (sum p g + s) / (sum p + sum g - sum p g + s)',
  about:
    'One minus the soft Jaccard index per class; the same minimum as Dice, steeper where the overlap is small. MONAI counts ' +
    'its smoothing half (DiceLoss with jaccard=True), SMP sets absent classes to 0, SegLoss returns -index.',
  when: 'the score that counts is IoU; in other respects as Dice',
  source: 'Rahman and Wang 2016 (ISVC); SMP JaccardLoss, MONAI DiceLoss(jaccard=True), SegLoss IoULoss',
  options: indexOptions,
  ...indexRegion(() => ({ k: 1, fp: 1, fn: 1 })),
});
