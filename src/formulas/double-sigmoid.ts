import { type Formula, view } from '../core/index.ts';

/** Sigmoid taken once more than it should be. */
export const doubleSigmoid: Formula = {
  id: 'double-sigmoid',
  title: 'sigmoid applied twice',
  about:
    'The prediction was activated before a loss that applies sigmoid itself. Background costs at least 0.6931 a pixel.',
  formula: 'BCE(sigmoid(sigmoid(z)))',
  suppose: ({ spec, subject }) => {
    if (spec.loss.activation(spec.options, subject.kind) !== 'sigmoid') return [];
    const logits = subject.prediction.activation === 'logits';
    return [{ departures: ['sigmoid applied twice'], view: view(logits ? ['sigmoid', 'sigmoid'] : ['sigmoid']) }];
  },
  constants: ({ foreground }) =>
    foreground === null
      ? []
      : [
          {
            value: (1 - foreground) * Math.LN2 + foreground * Math.log1p(Math.exp(-1)),
            what: 'floor of binary cross-entropy with logits on probabilities: sigmoid applied twice',
          },
        ],
};
