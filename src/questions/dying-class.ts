import type { Question } from '../core/index.ts';
import { falling } from './_examples.ts';

/** A class was learned and is lost again. */
export const dyingClass: Question = {
  id: 'dying-class',
  command: 'trend',
  title: 'a class was learned and is lost again',
  severity: 'warning',
  explain: {
    test:
      'A class of the target had a Dice of 0.3 or more at some checkpoint and has a tenth of its best, or less, at the ' +
      'last.',
    why:
      'The mean over the classes hides it: the others improve, and one disappears. Later training rarely brings it ' +
      'back.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'weight=... in the cross-entropy, or a Dice term; sample images with this class more often',
      },
      { framework: 'MONAI', text: 'RandCropByLabelClassesd with a ratio for the class' },
      { framework: 'Keras', text: 'class weights through sample_weight, or oversample the images that hold the class' },
    ],
    exceptions: 'A class of a few pixels may come and go by chance.',
  },
  examples: {
    fires: {
      prediction: 'aaaa\naaaa\naaaa\naaaa',
      legend: { a: [3, -3], b: [-3, 3] },
      target: '0011\n0011\n0011\n0011',
      series: { of: 'checkpoints', before: ['aabb\naabb\naabb\naabb'] },
      args: ['--loss', 'ce'],
    },
    clear: falling,
  },
};
