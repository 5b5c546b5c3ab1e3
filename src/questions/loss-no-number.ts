import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** This loss is no number. */
export const lossNoNumber: Question = {
  id: 'loss-no-number',
  command: 'descend',
  title: 'this loss is no number',
  severity: 'error',
  explain: {
    test: 'The loss as wired, or its gradient at some step, is NaN or infinite.',
    why: 'One such step writes NaN into every weight, and nothing afterwards recovers.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'F.log_softmax or a loss that takes scores, instead of log(softmax(x)); torch.autograd.set_detect_anomaly(True) names the line',
      },
      {
        framework: 'MONAI',
        text: 'the losses on scores are stable; smooth_nr and smooth_dr keep Dice from dividing 0 by 0',
      },
      { framework: 'Keras', text: 'from_logits=True; tf.debugging.enable_check_numerics() names the line' },
    ],
    exceptions:
      'Exported probabilities are rounded: a true class at 0 in a float16 file may have been above 0 in the network.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [0.7, 0.3, 0], b: [0.2, 0.8, 0] },
      target: '0012\n0012\n0012\n0012',
      args: ['--loss', 'ce:from=probabilities'],
    },
    clear: freeLogits,
  },
};
