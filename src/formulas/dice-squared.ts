import type { Formula } from '../core/index.ts';

/** The other denominators of Dice. */
export const diceSquared: Formula = {
  id: 'dice-squared',
  title: 'Dice with another denominator',
  about: 'sum p + sum g, sum p^2 + sum g^2 (V-Net), or squared terms: equal for hard predictions, not for soft ones.',
  formula: '2 sum p g / (sum p^2 + sum g^2)',
  suppose: ({ spec }) => {
    if (!('squared' in spec.options)) return [];
    return ['none', 'vnet', 'terms']
      .filter((form) => form !== spec.options.squared)
      .map((form) => ({ departures: [`denominator: ${words[form]}`], options: { squared: form } }));
  },
};

const words: Readonly<Record<string, string>> = {
  none: 'plain sums',
  vnet: 'squared probabilities (V-Net)',
  terms: 'squared true and false positives',
};
