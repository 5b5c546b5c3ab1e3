import type { Question } from '../core/index.ts';
import { tidyTriplets } from './_examples.ts';

/** A sample stands for all pixels. */
export const sampledPixels: Question = {
  id: 'sampled-pixels',
  command: 'embed',
  title: 'a sample stands for all pixels',
  severity: 'note',
  explain: {
    test: 'A loss over pairs of pixels looked at max-pixels of them, chosen by seed.',
    why: 'The number in the report is an estimate.',
    fix: [
      { framework: 'PyTorch', text: 'nothing to mend; raise max-pixels to see more of them' },
      { framework: 'Keras', text: 'nothing to mend; raise max-pixels to see more of them' },
    ],
    exceptions: 'It is no defect.',
  },
  examples: {
    fires: {
      prediction: 'abcd',
      legend: { a: [1, 0], b: [0.8, 0.6], c: [0, 1], d: [-0.6, 0.8] },
      target: '0011',
      args: ['--loss', 'triplet:max-pixels=20'],
      repeat: [1, 10],
    },
    clear: tidyTriplets,
  },
};
