import { type Kind, type Loss, sumLoss } from '../core/index.ts';
import { dicePart, diceTerm, term } from './_terms.ts';
import { gamma } from './_vocabulary.ts';
import { focal } from './focal.ts';

const options = {
  ...dicePart,
  'focal-weight': { type: 'number', default: 1, min: 0, about: 'factor on the focal part' },
  gamma,
  alpha: {
    type: 'numbers',
    default: null,
    about: 'of the focal part: one factor per class (softmax), or alpha on the positive side (sigmoid)',
  },
  activation: {
    type: 'choice',
    default: 'auto',
    choices: ['auto', 'softmax', 'sigmoid'],
    about: 'of the focal part; MONAI keeps sigmoid there whatever Dice uses. auto: softmax for exclusive classes',
  },
  'divide-by': {
    type: 'choice',
    default: 'count',
    choices: ['count', 'elements'],
    about: 'the focal part is a mean over the pixels, or over pixels times classes (MONAI)',
  },
} as const;

/** Dice plus focal loss. */
export const diceFocal: Loss = sumLoss({
  id: 'dice-focal',
  title: 'Dice and focal loss',
  family: 'compound',
  formula: 'L = a Dice + b focal',
  about:
    'Dice for the overlap, focal loss for the hard pixels. With softmax=True MONAI activates Dice alone so: its focal part ' +
    'stays one sigmoid per channel (activation=sigmoid).',
  when: 'rare classes with many easy background pixels',
  source: 'MONAI DiceFocalLoss; Lin et al. 2017, arXiv 1708.02002',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: true,
  terms: (o, kind) => [
    diceTerm(o),
    term(o['focal-weight'], focal, {
      gamma: o.gamma,
      alpha: o.alpha,
      activation: activationOf(o.activation, kind),
      'divide-by': o['divide-by'],
    }),
  ],
});

/** One channel has no softmax to speak of. */
function activationOf(activation: string, kind: Kind): string {
  return kind === 'binary' && activation === 'softmax' ? 'auto' : activation;
}
