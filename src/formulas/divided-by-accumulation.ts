import type { Formula } from '../core/index.ts';

/** The share of one step of an accumulated gradient. */
export const dividedByAccumulation: Formula = {
  id: 'divided-by-accumulation',
  title: 'divided by the accumulation steps',
  about:
    'With gradient accumulation the loss is divided by the number of steps before the backward pass, and that ' +
    'share was logged. The usual numbers of steps are tried.',
  formula: 'l / k',
  rare: true,
  suppose: () =>
    [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 64].map((k) => ({
      departures: [`divided by ${k} accumulation steps`],
      factor: 1 / k,
    })),
};
