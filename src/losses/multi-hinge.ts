import { type Loss, loss, type Margin } from '../core/index.ts';
import { margins } from '../measures/index.ts';
import { rowWeights } from './_class-rows.ts';
import { rowGradientFactors, rowsValue } from './_rows.ts';
import { reduction } from './_vocabulary.ts';

const options = {
  margin: { type: 'number', default: 1, min: 0, about: 'by how much the labelled class must lead' },
  power: { type: 'number', default: 1, min: 1, max: 2, about: 'exponent on each shortfall: 1 or 2 (torch p)' },
  classes: {
    type: 'choice',
    default: 'mean',
    choices: ['mean', 'sum'],
    about: 'shortfalls divided by C (torch), or summed',
  },
  reduction,
} as const;

type Options = { margin: number; power: number; classes: string; reduction: 'mean' | 'sum' };

/** Multi-class hinge loss. */
export const multiHinge: Loss = loss({
  id: 'multi-hinge',
  title: 'multi-class hinge loss',
  family: 'distribution',
  formula: 'L = mean_i w_y / C sum_{k != y} max(0, margin - z_y + z_k)^power',
  about:
    'The labelled score must lead every other by a margin. torch divides the sum over the other classes by C, not C - 1; most textbooks do ' +
    'not divide. Weights multiply and are not divided by.',
  when: 'a margin is wanted rather than probabilities',
  source: 'torch.nn.MultiMarginLoss; Crammer and Singer 2001',
  options,
  from: 'logits',
  kinds: ['exclusive'],
  weighted: true,
  activation: () => 'softmax',
  measures: (o) => ({ pixels: margins(marginOf(o)) }),
  value: ({ pixels }, o, subject) => rowsValue(pixels, rowWeights(subject), divisor(o, pixels.valid, subject.channels)),
  gradient: ({ pixels }, o, subject) => {
    const weights = rowGradientFactors(rowWeights(subject), divisor(o, pixels.valid, subject.channels));
    return weights === null ? [] : [{ kind: 'margin', margin: marginOf(o), weights }];
  },
});

function marginOf(o: Options): Margin {
  return { id: 'others', margin: o.margin, power: o.power };
}

function divisor(o: Options, valid: number, channels: number): number {
  return (o.reduction === 'sum' ? 1 : valid) * (o.classes === 'sum' ? 1 : channels);
}
