import type { Formula, Predictor, TargetTotals } from '../core/index.ts';

/** A prediction that does not look at the image. */
export const constantPredictor: Formula = {
  id: 'constant-predictor',
  title: 'a predictor that ignores the image',
  about:
    'The value is that of guessing uniformly (ln C for cross-entropy), or of predicting the class frequencies everywhere.',
  formula: 'loss(p = 1/C), loss(p = class frequencies)',
  suppose: ({ subject, totals }) => {
    const { channels, kind } = subject;
    const uniform = new Float64Array(channels).fill(kind === 'exclusive' ? 1 / channels : 0.5);
    return [
      { departures: ['the value of guessing uniformly'], predictor: constant(uniform) },
      { departures: ['the value of predicting the class frequencies'], predictor: constant(frequencies(totals)) },
    ];
  },
};

function constant(p: Float64Array): Predictor {
  return { hit: p, miss: p };
}

function frequencies({ count, valid, channels }: TargetTotals): Float64Array {
  const all = valid.reduce((a, b) => a + b, 0);
  const p = new Float64Array(channels);
  count.forEach((n, cell) => {
    p[cell % channels] = (p[cell % channels] ?? 0) + n / all;
  });
  return p;
}
