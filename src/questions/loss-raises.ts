import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** The training code stops with an error. */
export const lossRaises: Question = {
  id: 'loss-raises',
  command: 'descend',
  title: 'the training code stops with an error',
  severity: 'error',
  explain: {
    test: 'The target holds labels for which the prediction has no channel and which are not ignored.',
    why: 'The libraries refuse such a batch, on a GPU with a message that names neither label nor file.',
    fix: [
      { framework: 'PyTorch', text: 'map the labels to 0 ... C-1, or pass ignore_index=255 for what is not labelled' },
      { framework: 'MONAI', text: 'MapLabelValued(keys="label", orig_labels=..., target_labels=...)' },
      { framework: 'Keras', text: 'translate the labels in the input pipeline; sparse losses have ignore_class' },
    ],
    exceptions: 'Old versions skipped such pixels in silence; then the loss is lower than it should be instead.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [2, -2], b: [-2, 2] },
      target: '0015\n0015\n0015\n0015',
      args: ['--loss', 'ce'],
    },
    clear: freeLogits,
  },
};
