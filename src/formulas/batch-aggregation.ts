import type { Formula } from '../core/index.ts';

/** A batch that was put together wrongly from its images. */
export const batchAggregation: Formula = {
  id: 'batch-aggregation',
  title: 'images of the batch put together differently',
  about:
    'The last image alone, the mean of the losses of single images, a total divided by one too many or too few, ' +
    'or a running mean with momentum.',
  formula: 'l(last), mean_k l(k), sum_k l(k) / (N +- 1), EMA',
  suppose: ({ subject: { images } }) => {
    if (images === 1 || images > most) return [];
    const all = (factor: number): number[] => new Array<number>(images).fill(factor);
    const ema = (momentum: number): number[] =>
      all(0).map((_, k) => (k === 0 ? 1 : 1 - momentum) * momentum ** (images - 1 - k));
    return [
      { departures: ['the last image alone'], images: all(0).with(-1, 1) },
      { departures: ['the mean of the losses of single images'], images: all(1 / images) },
      { departures: ['the losses of single images added up'], images: all(1) },
      { departures: ['the total of the images divided by one too many'], images: all(1 / (images + 1)) },
      { departures: ['the total of the images divided by one too few'], images: all(1 / (images - 1)) },
      { departures: ['a running mean over the images with momentum 0.9'], images: ema(0.9) },
      { departures: ['a running mean over the images with momentum 0.99'], images: ema(0.99) },
    ];
  },
};

/** Images of a batch; more are a data set. */
const most = 64;
