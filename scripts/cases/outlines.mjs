// A lesion that is found, by a network that is sure of it and by one that is not. The cases about where the loss is, and about the threshold.

import { half, npy } from './files.mjs';
import { imitateBinaryNetwork } from './network.mjs';
import { randomFrom } from './random.mjs';
import { lesion } from './scenes.mjs';

export function outlineCases() {
  const random = randomFrom(20260417);
  const shape = [112, 144];
  const mask = lesion(random, shape);
  const logits = imitateBinaryNetwork(mask, shape, random, { warp: 1.4, floor: 0.004, noise: 0.35 });
  const tensor = (values) => ({ 'logits.npy': npy(values.map(half), [1, 1, ...shape], 'float16') });

  // The object stands out, and hardly any of it passes one half.
  const timid = logits.map((z) => 0.55 * z - 2.1);
  const target = 'outline/target.npy';

  return [
    {
      name: 'outline',
      prediction: 'outline/logits.npy',
      target,
      files: { ...tensor(logits), 'target.npy': npy(mask, shape, 'uint8') },
      args: ['--loss', 'bce-logits'],
      cause: [],
      title: 'a good network whose outlines are not exact',
      story: 'The loss has been flat for twenty epochs and the masks look right. What is left to gain?',
      learn: 'What is left of the loss may lie on outlines, where annotators disagree as well.',
    },
    {
      name: 'hardly-above-half',
      prediction: 'hardly-above-half/logits.npy',
      target,
      twin: 'outline',
      files: tensor(timid),
      args: ['--loss', 'bce-logits'],
      cause: ['threshold-misfit'],
      title: 'the object stands out, below the threshold',
      story: 'Dice hangs at 0.64, although the probability map shows the lesion clearly.',
      learn: 'A mask is a probability map and a threshold, and 0.5 need not be the right one.',
    },
  ];
}
