import { type Loss, loss, type PairCurve } from '../core/index.ts';
import { differences } from '../measures/index.ts';
import { differenceGradient, differenceValue, elementCountOf } from './_differences.ts';
import { reduction } from './_vocabulary.ts';

const options = {
  beta: { type: 'number', default: 1, min: 0, about: 'where the parabola ends and the line begins; 0 is plain L1' },
  reduction,
} as const;

/** L1 with a rounded tip. */
export const smoothL1: Loss = loss({
  id: 'smooth-l1',
  title: 'smooth L1',
  family: 'distribution',
  formula: 'L = mean of d^2 / (2 beta) if |d| < beta, else |d| - beta / 2,  d = p - g',
  about:
    'L1 with a rounded tip. On probabilities |d| is at most 1, so that beta = 1 is half the squared error and nothing else. Huber(t) is t ' +
    'times this with beta = t.',
  when: 'as l1, with a smooth minimum',
  source: 'torch.nn.SmoothL1Loss; Girshick 2015, arXiv 1504.08083',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o) => ({ sums: differences(curveOf(o)) }),
  value: ({ sums }, o, subject) => differenceValue(sums, elementCountOf(o), subject, factorOf(o)),
  gradient: ({ sums }, o, subject) => differenceGradient(sums, curveOf(o), elementCountOf(o), subject, factorOf(o)),
});

function curveOf(o: { beta: number }): PairCurve {
  return o.beta === 0 ? { id: 'absolute' } : { id: 'huber', delta: o.beta };
}

function factorOf(o: { beta: number }): number {
  return o.beta === 0 ? 1 : 1 / o.beta;
}
