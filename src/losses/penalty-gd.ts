import { type Loss, loss } from '../core/index.ts';
import { type GeneralizedValues, generalizedOptions, generalizedRegion } from './_generalized-dice.ts';

const options = {
  ...generalizedOptions,
  penalty: {
    type: 'number',
    default: 2.5,
    min: 0,
    about: 'k: how much harder errors count than in generalised Dice; 0 is generalised Dice',
  },
} as const;

/** Generalised Dice with a penalty on what is wrong. */
export const penaltyGd: Loss = loss({
  id: 'penalty-gd',
  title: 'penalty generalised Dice loss',
  formula: 'L = D / (1 + k (1 - D)),  D = generalised Dice loss',
  about:
    'Generalised Dice bent so that it is flat where the overlap is good. SegLoss feeds it -GD instead of 1 - GD ' +
    '(form=negative), which is a different curve.',
  when: 'generalised Dice lets false positives and false negatives through',
  source: 'Yang et al. 2019 (MIDL); SegLoss PenaltyGDiceLoss',
  options,
  ...generalizedRegion((o: GeneralizedValues & { penalty: number }) => {
    const below = (x: number): number => 1 + o.penalty * (1 - x);
    return { value: (x: number) => x / below(x), slope: (x: number) => (1 + o.penalty) / below(x) ** 2 };
  }),
});
