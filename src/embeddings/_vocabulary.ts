import { type Definition, divideBy, reduction as meanOrSum, type OptionDefinition } from '../core/index.ts';

// One vocabulary for the options of all embedding losses: a name means the same wherever it stands.

/** `mean` or `sum` over the terms. */
export const reduction = {
  ...meanOrSum,
  about: 'mean or sum over the pixels, triplets or pairs',
} as const satisfies Definition<'choice'>;

/** Class weights and what a weighted mean is divided by. */
export const weighting = {
  'class-weights': { type: 'numbers', default: null, about: 'one factor per class, in the order of the labels' },
  'divide-by': divideBy,
  reduction,
} as const satisfies Readonly<Record<string, OptionDefinition>>;

/** Fixed scale of losses on cosines. */
export function scale(usual: number): Definition<'number'> & { default: number } {
  return { type: 'number', default: usual, min: 0, about: 'the scores are s times a cosine' };
}

/** Integer factor on the angle. */
export const angleFactor = {
  type: 'number',
  default: 4,
  min: 1,
  about: 'whole number by which the angle to the own class is multiplied; 1 is no margin',
} as const satisfies Definition<'number'>;

/** Annealing of the angular margin. */
export const lambda = {
  type: 'number',
  default: 0,
  min: 0,
  about: 'annealing: (lambda cos + psi) / (1 + lambda); training starts large and goes to about 5',
} as const satisfies Definition<'number'>;

/** Limits of losses that compare pixels with each other. */
export const sampling = {
  samples: { type: 'number', default: 1000, min: 1, about: 'how many are drawn when the rule is sample' },
  seed: { type: 'number', default: 0, about: 'of the drawing; the same seed draws the same on every machine' },
  'max-pixels': {
    type: 'number',
    default: 1500,
    min: 2,
    about: 'with more valid pixels, a seeded sample of about so many, stratified by class, stands for all',
  },
} as const satisfies Readonly<Record<string, OptionDefinition>>;
