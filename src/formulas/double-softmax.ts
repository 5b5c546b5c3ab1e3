import { type Formula, view } from '../core/index.ts';
import { decision, honestSteps } from './_losses.ts';

/** Softmax taken once more than it should be. */
export const doubleSoftmax: Formula = {
  id: 'double-softmax',
  title: 'softmax applied twice',
  about:
    'The prediction was activated, with softmax or with a sigmoid per channel, before a loss that applies softmax itself. The loss ' +
    'has a floor of ln(1 + (C-1)/e).',
  formula: 'CE(softmax(softmax(z)))',
  suppose: ({ spec, subject }) => {
    if (spec.loss.activation(spec.options, subject.kind) !== 'softmax' || subject.channels === 1) return [];
    const steps = honestSteps(subject);
    return [
      { departures: ['softmax applied twice'], view: view([...steps, 'softmax']) },
      { departures: ['softmax applied to hard decisions'], view: view([...steps, decision(subject), 'softmax']) },
      ...(subject.prediction.activation === 'logits'
        ? [{ departures: ['softmax applied to the sigmoid of every channel'], view: view(['sigmoid', 'softmax']) }]
        : []),
    ];
  },
  constants: ({ classes }) =>
    classes < 2
      ? []
      : [
          {
            value: Math.log(1 + (classes - 1) / Math.E),
            what: `floor of cross-entropy on probabilities of ${classes} classes: softmax applied twice`,
          },
        ],
};
