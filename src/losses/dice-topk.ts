import { type Loss, sumLoss } from '../core/index.ts';
import { dicePart, diceTerm, term } from './_terms.ts';
import { topk } from './topk.ts';

const options = {
  ...dicePart,
  'ce-weight': { type: 'number', default: 1, min: 0, about: 'factor on the cross-entropy part' },
  k: { type: 'number', default: 10, min: 0, max: 100, about: 'percent of the pixels that are kept: the hardest' },
} as const;

/** Dice plus cross-entropy over the hardest pixels. */
export const diceTopk: Loss = sumLoss({
  id: 'dice-topk',
  title: 'Dice and TopK cross-entropy',
  family: 'compound',
  formula: 'L = a Dice + b mean of the k% largest l_i',
  about:
    'Dice with a cross-entropy over the hardest pixels only. nnU-Net takes -D without background (form=negative,background=false).',
  when: 'small structures in clean labels; noisy labels are always among the hardest pixels',
  source: 'nnU-Net DC_and_topk_loss; Wu et al. 2016, arXiv 1605.06885',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  terms: (o) => [diceTerm(o), term(o['ce-weight'], topk, { k: o.k })],
});
