import type { Formula } from '../core/index.ts';

/** A logarithm of a trained scale is included. */
export const logTerm: Formula = {
  id: 'log-term',
  title: 'extra logarithm in the loss',
  about:
    'Uncertainty weighting adds the logarithm of a trained scale, and boundary losses are signed: both go below ' +
    'what the loss by itself can reach. They cannot be taken from these arrays.',
  formula: 'l / (2 s^2) + ln s',
  suppose: () => [],
  compatible: ({ lowerBound }, reported) =>
    reported < lowerBound
      ? `it lies below ${Number(lowerBound.toPrecision(5))}, the lowest value of the declared loss: something is added, such as the logarithm of a trained scale`
      : null,
};
