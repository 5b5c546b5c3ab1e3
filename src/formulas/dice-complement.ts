import type { Formula } from '../core/index.ts';
import { hasForm } from './_losses.ts';

/** The coefficient in place of the loss. */
export const diceComplement: Formula = {
  id: 'dice-complement',
  title: 'the coefficient logged as the loss',
  about: 'The number is the overlap itself, which grows as the network learns: one minus it is the loss.',
  formula: 'D = 1 - l',
  suppose: ({ spec }) =>
    hasForm(spec) ? [{ departures: ['the coefficient, not the loss'], options: { form: 'negative' }, factor: -1 }] : [],
};
