import type { Loss, LossTerm, OptionValue } from '../core/index.ts';
import { batch, smooth, smoothDr, smoothNr } from './_vocabulary.ts';
import { dice } from './dice.ts';

/** A term with some options set, handed what the whole is handed. Undefined leaves an option at its default. */
export function term(
  factor: number,
  loss: Loss,
  change: Readonly<Record<string, OptionValue | undefined>> = {},
): LossTerm {
  const options: Record<string, OptionValue> = {};
  const typed: string[] = [];
  for (const [name, { default: usual }] of Object.entries(loss.options)) {
    const value = change[name];
    options[name] = value === undefined ? usual : value;
    if (JSON.stringify(options[name]) === JSON.stringify(usual)) continue;
    typed.push(`${name}=${Array.isArray(value) ? value.join('/') : value}`);
  }
  return { factor, loss, options, from: null, text: typed.length === 0 ? loss.id : `${loss.id}:${typed.join(',')}` };
}

/** Options of the Dice part of a compound: those of `dice` that libraries set there. */
export const dicePart = {
  'dice-weight': { type: 'number', default: 1, min: 0, about: 'factor on the Dice part' },
  smooth,
  'smooth-nr': smoothNr,
  'smooth-dr': smoothDr,
  batch,
  background: { type: 'boolean', default: true, about: 'channel 0 takes part in the Dice part' },
  squared: { type: 'choice', default: 'none', choices: ['none', 'vnet', 'terms'], about: 'squares of the Dice part' },
  form: {
    type: 'choice',
    default: 'complement',
    choices: ['complement', 'negative'],
    about: 'the Dice part is 1 - D, or -D (nnU-Net: the sum then ends at -1)',
  },
} as const;

/** The Dice part of a compound: of its options, those that `dicePart` has. */
export function diceTerm(
  options: Readonly<Record<string, OptionValue>>,
  factor = Number(options['dice-weight']),
): LossTerm {
  return term(factor, dice, Object.fromEntries(Object.keys(dicePart).map((name) => [name, options[name]])));
}
