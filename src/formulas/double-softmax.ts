import { type Formula, view } from '../core/index.ts';

/** Softmax taken once more than it should be. */
export const doubleSoftmax: Formula = {
  id: 'double-softmax',
  title: 'softmax applied twice',
  about:
    'The prediction was activated before a loss that applies softmax itself. The loss has a floor of ln(1 + (C-1)/e).',
  formula: 'CE(softmax(softmax(z)))',
  suppose: ({ spec, subject }) => {
    if (spec.loss.activation(spec.options, subject.kind) !== 'softmax' || subject.channels === 1) return [];
    const logits = subject.prediction.activation === 'logits';
    return [{ departures: ['softmax applied twice'], view: view(logits ? ['softmax', 'softmax'] : ['softmax']) }];
  },
};
