import type { Evaluation, Repair } from '../core/index.ts';

/** The loss gets the form of prediction that it is made for. */
export const feedAsExpected: Repair = {
  id: 'feed-as-expected',
  what(_subject, evaluation) {
    const scaled = evaluation.proper.scores === evaluation.wired.scores ? [] : ['values brought back to 0 to 1'];
    return [...scaled, ...stepsTaken(evaluation)].join(', ') || 'read as the file holds it';
  },
  view: (_subject, evaluation) => evaluation.proper,
};

/** How the steps from the stored values to probabilities change. */
function stepsTaken({ wired, proper }: Evaluation): string[] {
  const [was, is] = [wired.steps.join(' and '), proper.steps.join(' and ')];
  if (was === is) return [];
  if (is === 'exp') return [was === '' ? 'exponential taken first' : `exponential instead of ${was}`];
  if (is === '') return [was === 'exp' ? 'logarithm taken first' : `${was} applied once, not twice`];
  return [was === 'exp' ? `log_${is} applied first` : `${is} applied first`];
}
