import type { Question } from '../core/index.ts';
import { tidy } from './_examples.ts';

/** All classes point the same way. */
export const collapsedFeatures: Question = {
  id: 'collapsed-features',
  command: 'embed',
  title: 'all classes point the same way',
  severity: 'error',
  explain: {
    test: 'Without a class matrix: no class mean is further than 1 degree from its nearest neighbour.',
    why:
      'Losses on angles see no difference between the classes. A common offset, which a ReLU or an average leaves ' +
      'behind, hides all of it.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'subtract the mean, or put BatchNorm without ReLU last; lower the learning rate, start without a margin',
      },
      { framework: 'Keras', text: 'the same: BatchNormalization as the last layer, a smaller learning rate' },
    ],
    exceptions: 'Features of the first steps may look so.',
  },
  examples: {
    fires: { prediction: 'aabb', legend: { a: [1, 0], b: [1, 0.0001] }, target: '0011', args: ['--loss', 'softmax'] },
    clear: tidy,
  },
};
