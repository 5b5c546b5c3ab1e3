import type { Formula } from '../core/index.ts';

/** One ratio over all classes. */
export const dicePooled: Formula = {
  id: 'dice-pooled',
  title: 'one ratio over all classes',
  about:
    'Prediction and target were flattened, classes included, and one ratio taken: large classes then decide. Per ' +
    'image or over the batch.',
  formula: '2 sum p g / (sum p + sum g) over classes and pixels',
  suppose: ({ spec, subject }) => {
    if (subject.channels === 1 || spec.options.pooled !== false) return [];
    const ways = subject.images === 1 ? [spec.options.batch] : [true, false];
    return ways.map((batch) => ({
      departures: [
        `one ratio over all classes${subject.images === 1 ? '' : batch === true ? ' of the batch' : ' of each image'}`,
      ],
      options: batch === spec.options.batch ? { pooled: true } : { pooled: true, batch },
    }));
  },
};
