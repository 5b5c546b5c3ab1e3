import type { Question } from '../core/index.ts';
import { freeLogits } from './_examples.ts';

/** A class never moves. */
export const classNeverMoves: Question = {
  id: 'class-never-moves',
  command: 'descend',
  title: 'a class never moves',
  severity: 'warning',
  explain: {
    test:
      'A class of the target has a soft recall below 0.9 that rises by less than 0.005 over the whole descent, while it ' +
      'has no more than 1/1,000 of the gradient or the loss is done.',
    why:
      'The loss is satisfied without this class. More epochs do not help: the gradient that would teach it is not ' +
      'there.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'weight=... in F.cross_entropy, or add a Dice term, which counts every class alike',
      },
      { framework: 'MONAI', text: 'DiceCELoss(include_background=False), or weight= per class' },
      { framework: 'Keras', text: 'class weights through sample_weight, or a Dice term beside the cross-entropy' },
    ],
    exceptions: 'A descent of few steps may end before a slow class has begun to move: ask again with more --steps.',
  },
  examples: {
    fires: {
      prediction: 'aabbaa\naabbaa\naabbaa\naabbaa',
      legend: { a: [2, -2, -3], b: [-2, 2, -3] },
      target: '001122\n001122\n001122\n001122',
      args: ['--loss', 'ce', '--weights', '1,1,0'],
    },
    clear: freeLogits,
  },
};
