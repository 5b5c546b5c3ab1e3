import type { Formula } from '../core/index.ts';

/** A penalty on the weights is included. */
export const regulariser: Formula = {
  id: 'regulariser',
  title: 'regulariser included',
  about:
    'Keras adds the penalties of its layers to the loss that it prints. They do not depend on the batch: two ' +
    'batches with the same difference to the recomputed loss show it.',
  formula: 'l + constant',
  suppose: () => [],
  compatible: ({ value }, reported) =>
    reported - value > 1e-4 * Math.abs(value) && reported < 3 * value
      ? `the rest of ${Number((reported - value).toPrecision(3))} may be a penalty on the weights; it is the same for a second batch if so`
      : null,
};
