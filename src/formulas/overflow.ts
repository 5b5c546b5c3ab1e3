import type { Formula } from '../core/index.ts';

/** Sums that do not fit into half precision. */
export const overflow: Formula = {
  id: 'overflow',
  title: 'overflow in half precision',
  about:
    'Half precision ends at 65,504: a sum over more pixels than that is infinite, and a ratio of two such sums is NaN.',
  formula: 'inf, inf/inf',
  suppose: ({ subject }) =>
    subject.prediction.dtype === 'float16' && subject.pixels * subject.images > largest
      ? [
          { departures: ['a sum above 65,504 is infinite in half precision'], constant: Infinity },
          { departures: ['a ratio of two infinite sums is NaN'], constant: Number.NaN },
        ]
      : [],
  constants: () => [{ value: largest, what: 'the largest number of half precision' }],
};

const largest = 65_504;
