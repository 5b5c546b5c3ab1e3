import { type Formula, view } from '../core/index.ts';
import { honestSteps, lossActivation } from './_losses.ts';

/** Logarithms of probabilities where something else is expected, or the reverse. */
export const logProbabilities: Formula = {
  id: 'log-probabilities',
  title: 'log-probabilities mixed up with probabilities or scores',
  about:
    'log_softmax went into a loss that takes probabilities or scores, or the negative log-likelihood was handed ' +
    'probabilities or raw scores: it is then -mean p or -mean z and falls below 0.',
  formula: 'loss(p = ln p), loss(z = ln p), -mean p_y, -mean z_y',
  suppose: ({ spec, subject }) => {
    const { activation } = subject.prediction;
    const steps = honestSteps(subject);
    const likelihood = ['ce', 'weighted-ce', 'nll'].includes(spec.loss.id);
    if (activation === 'log-softmax') {
      return [
        { departures: ['log-probabilities taken for probabilities'], view: view([], { logs: 'rounded' }) },
        { departures: ['log-probabilities taken for logits'], view: view([lossActivation(spec, subject)]) },
      ];
    }
    if (!likelihood) {
      return [{ departures: ['log-probabilities taken for probabilities'], view: view([...steps, 'log']) }];
    }
    return [
      { departures: ['probabilities taken for log-probabilities'], view: view([...steps, 'exp']) },
      ...(activation === 'logits' ? [{ departures: ['logits taken for log-probabilities'], view: view(['exp']) }] : []),
    ];
  },
};
