import type { Question } from '../core/index.ts';
import { falling } from './_examples.ts';

/** The loss has stopped falling. */
export const plateau: Question = {
  id: 'plateau',
  command: 'trend',
  title: 'the loss has stopped falling',
  severity: 'note',
  explain: {
    test: 'Over the last three checkpoints the loss changed by less than 1 %, although the output still changes.',
    why:
      'Either the end is reached, or the loss cannot tell better from worse any more. What it can still fall to is in ' +
      'the report.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'torch.optim.lr_scheduler.ReduceLROnPlateau; lossprobe descend says whether the loss could go lower',
      },
      { framework: 'MONAI', text: 'the same scheduler in the trainer' },
      { framework: 'Keras', text: 'ReduceLROnPlateau; lossprobe descend says whether the loss could go lower' },
    ],
    exceptions: 'Exports of one epoch lie too close together to show anything.',
  },
  examples: {
    fires: {
      prediction: 'cbbb\ncbbb\ncbbb\ncbbb',
      legend: { a: [1, -1], b: [-1, 1], c: [1.03, -1.03], d: [-1.02, 1.02] },
      target: '0011\n0011\n0011\n0011',
      series: { of: 'checkpoints', before: ['aaab\naaab\naaab\naaab', 'aada\naada\naada\naada'] },
      args: ['--loss', 'ce'],
    },
    clear: falling,
  },
};
