import type { Formula } from '../core/index.ts';

/** A running total that was never reset. */
export const accumulatedOverSteps: Formula = {
  id: 'accumulated-over-steps',
  title: 'accumulated over steps',
  about:
    'The logged number is a total over the steps so far: it grows through the epoch. One batch cannot show it; a ' +
    'whole multiple of the declared value is compatible with it.',
  formula: 'l K',
  suppose: () => [],
  compatible: ({ value }, reported) => {
    const steps = Math.round(reported / value);
    const off = Math.abs(reported / value / steps - 1);
    // Every number is near a multiple when there are many steps.
    if (!(steps >= 2 && steps <= 1000 && off * steps < 0.02)) return null;
    return `it is ${steps} times the declared value: a total over ${steps} steps like this one; divide by the steps, or log again after one step`;
  },
};
