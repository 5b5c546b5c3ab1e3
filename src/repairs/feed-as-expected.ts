import type { Repair } from '../core/index.ts';

/** The loss gets the form of prediction that it is made for. */
export const feedAsExpected: Repair = {
  id: 'feed-as-expected',
  what(subject, evaluation) {
    const from = evaluation.proper.steps.length === 0 ? 'activation applied once, not twice' : 'activation applied';
    return subject.prediction.activation === 'logits' ? `${evaluation.proper.steps.join(' and ')} applied first` : from;
  },
  view: (_subject, evaluation) => evaluation.proper,
};
