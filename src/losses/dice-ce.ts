import { type Loss, sumLoss } from '../core/index.ts';
import { allIgnored, binaryCrossEntropyTerm, crossEntropyTerm } from './_cross-entropy-term.ts';
import { dicePart, diceTerm, term } from './_terms.ts';
import { divideBy, labelSmoothing } from './_vocabulary.ts';

const options = {
  ...dicePart,
  'ce-weight': { type: 'number', default: 1, min: 0, about: 'factor on the cross-entropy part' },
  'label-smoothing': labelSmoothing,
  'divide-by': {
    ...divideBy,
    about:
      'cross-entropy with class weights: divided by their sum (torch) or by the pixels (torch with one-hot targets)',
  },
  'pos-weight': {
    type: 'numbers',
    default: null,
    about: 'factor on the positive side where the second part is a binary cross-entropy',
  },
  'all-ignored': allIgnored,
} as const;

/** Dice plus cross-entropy. */
export const diceCe: Loss = sumLoss({
  id: 'dice-ce',
  title: 'Dice and cross-entropy',
  family: 'compound',
  formula: 'L = a Dice + b CE  (binary cross-entropy for single channels)',
  about:
    'The overlap of Dice with the steady gradient of cross-entropy. MONAI adds 1 - D with background; nnU-Net takes -D ' +
    'without it (form=negative,background=false), so that its best value is -1. Class weights act on both parts.',
  when: 'a sound default for most segmentation problems',
  source: 'MONAI DiceCELoss; nnU-Net DC_and_CE_loss, DC_and_BCE_loss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  terms: (o, kind) => [
    diceTerm(o),
    term(o['ce-weight'], kind === 'exclusive' ? crossEntropyTerm : binaryCrossEntropyTerm, {
      'label-smoothing': o['label-smoothing'],
      'pos-weight': o['pos-weight'],
      'divide-by': o['divide-by'],
      'all-ignored': o['all-ignored'],
    }),
  ],
});
