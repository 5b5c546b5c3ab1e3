import { type Loss, loss } from '../core/index.ts';
import { type IndexValues, indexOptions, indexRegion } from './_index.ts';

const options = {
  ...indexOptions,
  beta: {
    type: 'number',
    default: 1.5,
    min: 0,
    about: 'a false negative weighs beta^2 times a false positive; 1 is Dice',
  },
} as const;

/** One minus the soft F-beta score. */
export const asymmetricSimilarity: Loss = loss({
  id: 'asymmetric-similarity',
  title: 'asymmetric similarity loss',
  formula: 'L = mean_c 1 - (TP + s) / (TP + FP / (1 + beta^2) + beta^2 FN / (1 + beta^2) + s)',
  about: 'The F-beta score as a loss: Tversky whose two weights add up to 1. SegLoss AsymLoss returns -index.',
  when: 'misses cost more than false alarms, by a factor that you can name',
  source: 'Hashemi et al. 2018, arXiv 1803.11078; SegLoss AsymLoss',
  options,
  ...indexRegion((o: IndexValues & { beta: number }) => {
    const square = o.beta ** 2;
    return { k: 1, fp: 1 / (1 + square), fn: square / (1 + square) };
  }),
});
