import { type Loss, loss } from '../core/index.ts';
import { generalizedOptions, generalizedRegion } from './_generalized-dice.ts';

/** One Dice ratio over all classes, each weighed by its size. */
export const generalizedDice: Loss = loss({
  id: 'generalized-dice',
  title: 'generalised Dice loss',
  formula: 'L = 1 - (2 sum_c w_c sum p g + s) / (sum_c w_c (sum p + sum g) + s),  w_c = 1 / (sum g)^2',
  about:
    'A single Dice ratio per image in which rare classes weigh more. What an absent class weighs decides everything: MONAI ' +
    'gives it the largest weight of the others, SegLoss 1e5 or 1e20, which drives its loss to 0 and the gradient with it.',
  when: 'classes of very different size, all of them present in most images',
  source: 'Sudre et al. 2017, arXiv 1707.03237; MONAI GeneralizedDiceLoss, SegLoss GDiceLoss and GDiceLossV2',
  options: generalizedOptions,
  ...generalizedRegion(() => ({ value: (x: number) => x, slope: () => 1 })),
});
