import type { Formula } from '../core/index.ts';

/** The loss as the gradient scaler of mixed precision has it. */
export const ampScaled: Formula = {
  id: 'amp-scaled',
  title: 'loss scaled for mixed precision',
  about:
    'A gradient scaler multiplies the loss by a power of two before the backward pass, and that product was logged.',
  formula: 'l 2^k, k = 8 to 24',
  rare: true,
  suppose: () =>
    Array.from({ length: 17 }, (_, at) => ({
      departures: [`multiplied by 2^${at + 8}, the loss scale of mixed precision`],
      factor: 2 ** (at + 8),
    })),
};
