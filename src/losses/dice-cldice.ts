import { type Loss, loss, type OptionDefinition, type Subject, sumLoss } from '../core/index.ts';
import { cells, type OverlapSums, overlap } from '../measures/index.ts';
import { coefficients } from './_region.ts';
import { term } from './_terms.ts';
import { batch } from './_vocabulary.ts';
import { cldice } from './cldice.ts';

const shared = {
  smooth: { type: 'number', default: 1, min: 0, about: 'added to the numerators and denominators of both parts' },
  batch: { ...batch, default: true },
  channels: {
    type: 'choice',
    default: 'foreground',
    choices: ['foreground', 'all', 'after-first'],
    about:
      'without channel 0 where there are several; all; or always without channel 0 (MONAI), which leaves nothing of a ' +
      'one-channel prediction',
  },
} as const;

const options = {
  alpha: { type: 'number', default: 0.5, min: 0, max: 1, about: 'weight of clDice; 1 - alpha goes to Dice' },
  iterations: cldice.options.iterations as Extract<OptionDefinition, { type: 'number' }> & { default: number },
  ...shared,
} as const;

/** Dice plus clDice. */
export const diceCldice: Loss = sumLoss({
  id: 'dice-cldice',
  title: 'Dice and clDice loss',
  family: 'compound',
  formula: 'L = (1 - alpha) Dice + alpha clDice,  one Dice over all foreground classes together',
  about:
    'The area by Dice, the connectedness by clDice. Dice is taken once, over the sums of all foreground classes. MONAI takes ' +
    'the target first and expects probabilities.',
  when: 'thin connected structures such as vessels and roads',
  source: 'Shit et al. 2021, arXiv 2003.07311; MONAI SoftDiceclDiceLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  terms: (o) => {
    const both = { smooth: o.smooth, batch: o.batch, channels: o.channels };
    return [term(1 - o.alpha, pooledDice, both), term(o.alpha, cldice, { ...both, iterations: o.iterations })];
  },
});

type Options = { smooth: number; batch: boolean; channels: string };

const pooledDice: Loss = loss({
  id: 'pooled-dice',
  title: 'Dice over all classes together',
  family: 'region',
  formula: 'L = 1 - (2 sum_c sum p g + s) / (sum_c sum p + sum g + s)',
  about: 'The Dice part of dice-cldice.',
  when: 'as a part of dice-cldice',
  source: 'Shit et al. 2021, arXiv 2003.07311',
  options: shared,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: overlap }),
  value: ({ sums }, o, subject) => {
    const parts = pools(sums, o, subject);
    const value = parts.reduce((total, { top, bottom }) => total + 1 - top / bottom, 0) / parts.length;
    return { value, perClass: null, contributions: null };
  },
  gradient: ({ sums }, o, subject) => {
    const parts = pools(sums, o, subject);
    const slopes = parts.flatMap(({ members, top, bottom }) => {
      // -2 g / B + T / B^2, with g = g^2 + g (1-g) and 1 = g^2 + 2 g (1-g) + (1-g)^2.
      const [a, b] = [-2 / bottom, top / bottom ** 2];
      return members.map((cell) => ({ cell, value: 0, slope: [a + b, a + 2 * b, b, 0, 0, 0] as const }));
    });
    return [{ kind: 'region', coefficients: coefficients(sums, slopes, () => 1 / parts.length) }];
  },
});

interface Pool {
  readonly members: ReturnType<typeof cells>;
  readonly top: number;
  readonly bottom: number;
}

/** Numerator and denominator over all classes that take part: of the batch, or of each image. */
function pools(sums: OverlapSums, o: Options, subject: Subject): Pool[] {
  const first = o.channels === 'all' || (o.channels === 'foreground' && subject.channels === 1) ? 0 : 1;
  const used = cells(sums, o.batch, true).filter((cell) => cell.channel >= first);
  const groups = o.batch
    ? [used]
    : Array.from({ length: sums.images }, (_, k) => used.filter((it) => it.images[0] === k));
  return groups.map((members) => {
    const sum = (column: Float64Array): number => members.reduce((total, cell) => total + cell.sum(column), 0);
    return { members, top: 2 * sum(sums.pg) + o.smooth, bottom: sum(sums.p) + sum(sums.g) + o.smooth };
  });
}
