import type { Question } from '../core/index.ts';

/** Nothing stops this loss from falling. */
export const lossBottomless: Question = {
  id: 'loss-bottomless',
  command: 'descend',
  title: 'nothing stops this loss from falling',
  severity: 'error',
  explain: {
    test: 'The formula has no lowest value, and the last quarter of the steps still brings a fifth of the fall or more.',
    why:
      'A loss without a floor is lowered by growing numbers, not by better masks: the scores explode, and the value in ' +
      'the log means nothing. Targets above 1 in a binary cross-entropy and terms with a negative factor do it.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'bring the mask to 0 and 1: target = (mask > 0).float(); subtract no term that has no upper limit',
      },
      {
        framework: 'MONAI',
        text: 'AsDiscreted(keys="label", threshold=0.5), or ScaleIntensityd(keys="label") for masks of 0 and 255',
      },
      { framework: 'Keras', text: 'tf.cast(mask > 0, tf.float32) before the loss' },
    ],
    exceptions:
      'Boundary losses are negative by nature; they are bounded by the size of the distances and do not appear here.',
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [-1], b: [1] },
      target: '0077\n0077\n0077\n0077',
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [-1], b: [1] },
      target: '0011\n0011\n0011\n0011',
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits'],
    },
  },
};
