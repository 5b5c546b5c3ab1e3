import { type Formula, view } from '../core/index.ts';

/** Logits taken for probabilities. */
export const noActivation: Formula = {
  id: 'no-activation',
  title: 'no activation: logits taken for probabilities',
  about:
    'The loss was handed raw network outputs where it expects probabilities. Dice leaves [0, 1], logarithms are NaN.',
  formula: 'loss(p = z)',
  suppose: ({ subject }) =>
    subject.prediction.activation === 'logits'
      ? [{ departures: ['logits taken for probabilities'], view: view([], { logs: 'rounded' }) }]
      : [],
};
