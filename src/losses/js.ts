import { type Loss, loss, type PairCurve, type Subject } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { type Count, differenceGradient, differenceValue } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = {
  base: {
    type: 'choice',
    default: 'e',
    choices: ['e', '2'],
    about: 'nats, at most ln 2 per pixel, or bits, at most 1',
  },
  reduction,
} as const;

type Options = { base: string; reduction: 'mean' | 'sum' };

/** Jensen-Shannon divergence. */
export const js: Loss = loss({
  id: 'js',
  title: 'Jensen-Shannon divergence',
  family: 'distribution',
  formula: 'L = mean_i 1/2 KL(g || m) + 1/2 KL(p || m),  m = (g + p) / 2',
  about:
    'A symmetric, bounded relative of cross-entropy: a wrong pixel costs at most ln 2. scipy calls the root of it the Jensen-Shannon distance.',
  when: 'labels are noisy and single pixels must not dominate',
  source: 'Lin 1991; Englesson and Azizpour 2021, arXiv 2105.04522',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: false,
  measures: (_, subject) => ({ sums: differences(curveOf(subject)) }),
  value: ({ sums }, o, subject) => differenceValue(sums, countOf(o), subject, unit(o)),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curveOf(subject), countOf(o), subject, unit(o)),
});

function curveOf(subject: Subject): PairCurve {
  return { id: 'jensen-shannon', sides: subject.channels === 1 ? 2 : 1 };
}

function unit(o: Options): number {
  return o.base === '2' ? 1 / Math.LN2 : 1;
}

function countOf(o: Options): Count {
  return o.reduction === 'sum' ? 'nothing' : 'pixels';
}
