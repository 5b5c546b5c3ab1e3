import type { Question } from '../core/index.ts';
import { falling } from './_examples.ts';

/** The exports are not all of the same form. */
export const formsDiffer: Question = {
  id: 'forms-differ',
  command: 'trend',
  title: 'the exports are not all of the same form',
  severity: 'warning',
  explain: {
    test: 'Some exports hold scores, others probabilities.',
    why:
      'A comparison of losses then compares different quantities: cross-entropy on probabilities and on scores differ ' +
      'by more than any epoch brings.',
    fix: [
      { framework: 'PyTorch', text: 'export at the same line of code each time: before or after softmax, not both' },
      { framework: 'MONAI', text: 'leave Activationsd out of the export, or in it, for all checkpoints' },
      { framework: 'Keras', text: 'export from the same layer' },
    ],
    exceptions: 'Early scores may lie between 0 and 1 by accident; --activation says what they are.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [2, -2], b: [-2, 2], p: [0.9, 0.1], q: [0.2, 0.8] },
      target: '0011\n0011\n0011\n0011',
      series: { of: 'checkpoints', before: ['ppqq\nppqq\nppqq\nppqq'] },
      args: ['--loss', 'ce'],
    },
    clear: falling,
  },
};
