import { type Formula, view } from '../core/index.ts';
import { isRegion } from './_losses.ts';

/** Scores cut at 1/2. */
export const thresholdOnLogits: Formula = {
  id: 'threshold-on-logits',
  title: 'logits cut at 1/2',
  about: 'The decision was taken on raw scores above 1/2, which is a probability of 0.622 instead of 0.5.',
  formula: 'loss(p = [z > 1/2])',
  suppose: ({ spec, subject }) =>
    isRegion(spec) && subject.kind !== 'exclusive' && subject.prediction.activation === 'logits'
      ? [{ departures: ['scores above 1/2 taken for foreground'], view: view(['threshold']) }]
      : [],
};
