import { type Loss, sumLoss } from '../core/index.ts';
import { diceTerm, term } from './_terms.ts';
import { background, batch } from './_vocabulary.ts';
import { bceLogits } from './bce-logits.ts';

const options = {
  alpha: { type: 'number', default: 0.5, min: 0, max: 1, about: 'weight of the cross-entropy; 1 - alpha goes to Dice' },
  beta: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    about: 'factor on the positive side of the cross-entropy, 1 - beta on the negative; above 1/2 punishes misses',
  },
  smooth: { type: 'number', default: 1, min: 0, about: 'added to numerator and denominator of Dice' },
  batch: { ...batch, default: true },
  background,
} as const;

/** Weighted binary cross-entropy minus Dice. */
export const combo: Loss = sumLoss({
  id: 'combo',
  title: 'combo loss',
  family: 'compound',
  formula: 'L = -alpha mean(beta g ln p + (1 - beta) (1 - g) ln(1 - p)) - (1 - alpha) Dice',
  about:
    'Best value -(1 - alpha). Several public copies multiply only part of the bracket by alpha and give other numbers. With ' +
    'several channels Dice is their mean here; the paper adds them up.',
  when: 'false positives and false negatives cost differently: beta sets the balance',
  source: 'Taghanaki et al. 2019, arXiv 1805.02798',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  activation: () => 'sigmoid',
  terms: (o) => [
    term(o.alpha, bceLogits, { alpha: o.beta }),
    diceTerm({ smooth: o.smooth, batch: o.batch, background: o.background, form: 'negative' }, 1 - o.alpha),
  ],
});
