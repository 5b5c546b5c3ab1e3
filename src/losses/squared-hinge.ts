import type { Loss } from '../core/index.ts';
import { hingeLoss } from './_hinge.ts';

/** Squared hinge loss on the score of every channel. */
export const squaredHinge: Loss = hingeLoss(2, {
  id: 'squared-hinge',
  title: 'squared hinge loss',
  formula: 'L = mean over pixels and channels of max(0, margin - y z)^2,  y = 1 or -1',
  about: 'The hinge loss squared: smooth where the margin is met, and harsh on wrong pixels.',
  when: 'as hinge, with a gradient that fades towards the margin',
  source: 'Keras SquaredHinge; Tang 2013, arXiv 1306.0239',
});
