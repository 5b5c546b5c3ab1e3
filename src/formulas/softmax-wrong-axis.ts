import type { Formula } from '../core/index.ts';
import { ones } from './_losses.ts';

/** A softmax over the batch. */
export const softmaxWrongAxis: Formula = {
  id: 'softmax-wrong-axis',
  title: 'softmax over the batch axis',
  about:
    'Softmax was taken over the first axis. In a batch of one image every probability is then 1. Other wrong axes ' +
    'leave a pattern in the exported array, which a rule of its own looks for.',
  formula: 'loss(p = 1) for one image',
  suppose: ({ subject }) =>
    subject.images === 1 && subject.channels > 1
      ? [{ departures: ['softmax over a batch of one: p = 1 everywhere'], predictor: ones(subject.channels) }]
      : [],
};
