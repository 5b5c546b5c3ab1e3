import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** This loss falls below the lowest value that it has. */
export const lossBelowBound: Question = {
  id: 'loss-below-bound',
  command: 'descend',
  title: 'this loss falls below the lowest value that it has',
  severity: 'error',
  explain: {
    test: 'After some step the loss as wired is lower than the infimum of its formula by more than a millionth.',
    why:
      'The formula is made for other numbers than it receives. An overlap loss on raw scores divides by a sum that may ' +
      'come near 0 or turn negative; what it then rewards has nothing to do with overlap.',
    fix: [
      { framework: 'PyTorch', text: 'apply torch.softmax(x, 1) or torch.sigmoid(x) before a Dice or Tversky loss' },
      { framework: 'MONAI', text: 'DiceLoss(softmax=True) or DiceLoss(sigmoid=True)' },
      { framework: 'Keras', text: 'end the network with an activation, or apply one inside the loss' },
    ],
    exceptions: 'None is known: the infimum holds for all inputs that the formula is defined for.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [2, -2], b: [-2, 2] },
      target: '0011\n0011\n0011\n0011',
      args: ['--loss', 'dice:from=probabilities'],
    },
    clear: freeLogits,
  },
};
