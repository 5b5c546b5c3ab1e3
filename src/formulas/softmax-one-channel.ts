import type { Formula } from '../core/index.ts';
import { ones } from './_losses.ts';

/** A softmax over a single channel. */
export const softmaxOneChannel: Formula = {
  id: 'softmax-one-channel',
  title: 'softmax of one channel',
  about:
    'Softmax over one channel is 1 everywhere, whatever the network says: cross-entropy is 0, and Dice is that of ' +
    'a mask of ones.',
  formula: 'loss(p = 1)',
  suppose: ({ subject }) =>
    subject.channels === 1
      ? [{ departures: ['softmax over the only channel: p = 1 everywhere'], predictor: ones(1) }]
      : [],
};
