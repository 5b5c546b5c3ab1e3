import type { Formula } from '../core/index.ts';

/** Losses of several decoder levels added up. */
export const deepSupervision: Formula = {
  id: 'deep-supervision',
  title: 'deep supervision, weights not normalised',
  about:
    'The levels of the decoder are weighed 1, 1/2, 1/4, ... and added up: with five levels the weights come to ' +
    '1.9375. The side outputs are needed to take it.',
  formula: 'l sum_k w_k, approximately',
  suppose: () => [],
  compatible: ({ value }, reported) =>
    reported / value > 1.75 && reported / value < 2.6
      ? 'deep supervision over five levels adds up to about 1.94 times the loss of the main output or somewhat more; export the side outputs'
      : null,
};
