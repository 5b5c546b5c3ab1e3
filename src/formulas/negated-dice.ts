import type { Formula } from '../core/index.ts';
import { hasForm } from './_losses.ts';

/** The other sign or complement of an overlap loss. */
export const negatedDice: Formula = {
  id: 'negated-dice',
  title: 'overlap loss with the other sign',
  about: 'Minus the coefficient instead of one minus the coefficient, or the reverse: the two differ by exactly 1.',
  formula: '-D against 1 - D',
  suppose: ({ spec }) => {
    if (!hasForm(spec)) return [];
    return spec.options.form === 'negative'
      ? [{ departures: ['one minus the coefficient'], options: { form: 'complement' } }]
      : [{ departures: ['minus the coefficient'], options: { form: 'negative' } }];
  },
  constants: () => [{ value: -1, what: 'the best value of cross-entropy minus Dice, and of -Dice' }],
};
