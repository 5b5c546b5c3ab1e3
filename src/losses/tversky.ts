import { type Loss, loss } from '../core/index.ts';
import { type IndexValues, indexRegion } from './_index.ts';
import { tverskyOptions } from './_tversky.ts';

/** Dice with weights on the two kinds of error. */
export const tversky: Loss = loss({
  id: 'tversky',
  title: 'Tversky loss',
  formula: 'L = mean_c 1 - (TP + s) / (TP + fp FP + fn FN + s),  TP = sum p g, FP = sum p (1-g), FN = sum (1-p) g',
  about:
    'An overlap index in which false positives and false negatives have weights of their own. Some code swaps what it calls ' +
    'alpha and beta, so the options here are named after the error; MONAI and SMP start from 0.5 each, SegLoss fixes 0.3 and 0.7.',
  when: 'misses cost more than false alarms (or the other way round): raise fn to find more of a small object',
  source: 'Salehi et al. 2017, arXiv 1706.05721; MONAI, SMP and SegLoss TverskyLoss',
  options: tverskyOptions,
  ...indexRegion((o: IndexValues & { fp: number; fn: number }) => ({ k: 1, fp: o.fp, fn: o.fn })),
});
