import { type Formula, view } from '../core/index.ts';
import { decision, honestSteps, isRegion } from './_losses.ts';

/** The overlap of decisions instead of probabilities. */
export const hardDice: Formula = {
  id: 'hard-dice',
  title: 'overlap of hard decisions',
  about: 'The probabilities were turned into decisions (argmax, or above 1/2) before the overlap was taken.',
  formula: 'loss(p = one-hot(argmax p)), loss(p > 1/2)',
  suppose: ({ spec, subject }) =>
    isRegion(spec)
      ? [
          {
            departures: ['decisions in place of probabilities'],
            view: view([...honestSteps(subject), decision(subject)]),
          },
        ]
      : [],
};
