import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** This loss cannot go down at all. */
export const lossStuck: Question = {
  id: 'loss-stuck',
  command: 'descend',
  title: 'this loss cannot go down at all',
  severity: 'error',
  explain: {
    test:
      'The file holds decisions, so that there is nothing to move; or the gradient is 0 everywhere although some class ' +
      'is not found; or no step along it lowers the loss.',
    why: 'Training with this loss on these numbers changes nothing, whatever the learning rate.',
    fix: [
      { framework: 'PyTorch', text: 'hand the loss probabilities or scores, never argmax(1) or (p > 0.5)' },
      { framework: 'MONAI', text: 'AsDiscrete belongs to the metrics, after the loss' },
      { framework: 'Keras', text: 'no tf.argmax, tf.round or comparison between network and loss' },
    ],
    exceptions:
      'A file that was exported after the decision says nothing of the training itself: export the scores, then ask ' +
      'again.',
  },
  examples: {
    fires: {
      prediction: 'aaab\naaab\naaab\naaab',
      legend: { a: [1, 0], b: [0, 1] },
      target: '0011\n0011\n0011\n0011',
      args: ['--loss', 'dice'],
    },
    clear: freeLogits,
  },
};
