import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** This loss cannot fall any further, whatever the network says. */
export const lossFloor: Question = {
  id: 'loss-floor',
  command: 'descend',
  title: 'this loss cannot fall any further, whatever the network says',
  severity: 'error',
  explain: {
    test:
      'Free values under the loss as wired have covered 95 % of the way to a floor that lies above the lowest value of ' +
      'the formula, or are on their way to it. The floor is worked out: it is what the best possible values score ' +
      'through this wiring.',
    why:
      'Part of the loss can never be trained away, so a good network and a mediocre one look alike in the log, and the ' +
      'gradient shrinks long before the prediction is right. An activation that is applied twice is the usual reason.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'hand F.cross_entropy and BCEWithLogitsLoss the raw scores: no softmax or sigmoid before them',
      },
      {
        framework: 'MONAI',
        text: 'switch off softmax=True or sigmoid=True of the loss where the network ends in an activation',
      },
      { framework: 'Keras', text: 'from_logits=True with a linear last layer, from_logits=False with an activation' },
    ],
    exceptions:
      'Label smoothing and a fixed temperature have a floor on purpose; both are told apart where the loss is declared ' +
      'with its options.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [0.9, 0.1], b: [0.2, 0.8] },
      target: '0011\n0011\n0011\n0011',
      args: ['--loss', 'ce'],
    },
    clear: freeLogits,
  },
};
