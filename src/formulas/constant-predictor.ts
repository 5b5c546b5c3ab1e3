import { type Formula, priorPredictor, uniformPredictor } from '../core/index.ts';

/** A prediction that does not look at the image. */
export const constantPredictor: Formula = {
  id: 'constant-predictor',
  title: 'a predictor that ignores the image',
  about:
    'The value is that of guessing uniformly (ln C for cross-entropy), or of predicting the class frequencies everywhere.',
  formula: 'loss(p = 1/C), loss(p = class frequencies)',
  suppose: ({ subject, totals }) => [
    { departures: ['the value of guessing uniformly'], predictor: uniformPredictor(subject) },
    { departures: ['the value of predicting the class frequencies'], predictor: priorPredictor(totals) },
  ],
};
