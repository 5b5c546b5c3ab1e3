import type { Question } from '../core/index.ts';
import { falling } from './_examples.ts';

/** The loss rises again. */
export const divergence: Question = {
  id: 'divergence',
  command: 'trend',
  title: 'the loss rises again',
  severity: 'warning',
  explain: {
    test:
      'The last loss is above the best one by more than half of its size, and above the one before it; an error where a ' +
      'loss is NaN or infinite.',
    why:
      'The checkpoint at hand is worse than one that was had before. If the loss on the training images falls ' +
      'meanwhile, the network learns them by heart; if not, the steps are too large.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'keep the best checkpoint; a smaller lr, torch.nn.utils.clip_grad_norm_(..., 1.0)',
      },
      { framework: 'MONAI', text: 'CheckpointSaver(key_metric_name=...) keeps the best one' },
      { framework: 'Keras', text: 'ModelCheckpoint(save_best_only=True), EarlyStopping(restore_best_weights=True)' },
    ],
    exceptions:
      'Where augmentation, weights of terms or the learning rate change on a schedule, the loss may rise for a while by ' +
      'design.',
  },
  examples: {
    fires: {
      prediction: 'bbaa\nbbaa\nbbaa\nbbaa',
      legend: { a: [3, -3], b: [-3, 3] },
      target: '0011\n0011\n0011\n0011',
      series: { of: 'checkpoints', before: ['aaab\naaab\naaab\naaab', 'abab\nabab\nabab\nabab'] },
      args: ['--loss', 'ce'],
    },
    clear: falling,
  },
};
