// The lesion: one dermoscopic image of 112 x 144 and a sigmoid head. The cases about heads and about mask values.

import { smoothNoise } from './fields.mjs';
import { greyPng, half, npy } from './files.mjs';
import { imitateBinaryNetwork } from './network.mjs';
import { randomFrom } from './random.mjs';
import { binaryCrossEntropy, sigmoid, typed } from './reference.mjs';
import { lesion } from './scenes.mjs';

export function lesionCases() {
  const random = randomFrom(20260202);
  const shape = [112, 144];
  const mask = lesion(random, shape);
  const logits = imitateBinaryNetwork(mask, shape, random, {
    warp: 2.2,
    noise: 0.9,
    confusions: [
      { from: 0, to: 1, share: 0.05 },
      { from: 1, to: 0, share: 0.14 },
    ],
  }).map(half);

  const head = [1, 1, ...shape];
  const tensor = (values, dtype = 'float32') => npy(values, head, dtype);
  const bce = ['--loss', 'bce-logits'];
  const whole = { prediction: 'lesion/logits.npy', target: 'lesion/target.npy', twin: 'lesion' };

  const plusMinus = Float64Array.from(mask, (id) => 2 * id - 1);
  const weakContrast = smoothNoise(random, shape, 4);
  const exploded = logits.map((z, i) => Math.fround(z * 900 + 400 * weakContrast[i]));
  // Little contrast far below zero: a network that found out that "nothing" is right five times out of six.
  const collapsed = logits.map((z, i) => half(-2.4 + 0.18 * z + 0.15 * weakContrast[i]));
  const rectified = logits.map((z) => Math.max(0, z));
  const twice = logits.map((z) => sigmoid(sigmoid(z)));

  return [
    {
      ...whole,
      twin: undefined,
      name: 'lesion',
      files: {
        'logits.npy': tensor(logits),
        'target.npy': npy(mask, shape, 'uint8'),
        'mask.png': greyPng(
          mask.map((id) => 255 * id),
          shape,
        ),
      },
      args: [...bce, '--reported', typed(binaryCrossEntropy(logits, mask))],
      cause: [],
      title: 'a healthy binary network',
      story: 'One output channel, sigmoid in the loss, a mask of zeros and ones. The outlines are so-so.',
      learn: 'What all is well looks like for a sigmoid head.',
    },
    {
      ...whole,
      twin: undefined,
      name: 'lesion-png',
      target: 'lesion/mask.png',
      args: bce,
      cause: [],
      title: 'the same lesion with a black and white PNG',
      story: 'The masks on disk are 0 and 255; the data loader thresholds them.',
      learn: 'A 0/255 image is a normal file and is read as 0/1 with a note.',
    },
    {
      ...whole,
      name: 'mask-0-255',
      target: 'mask-0-255/target.npy',
      files: {
        'target.npy': npy(
          mask.map((id) => 255 * id),
          shape,
          'uint8',
        ),
      },
      args: [
        ...bce,
        '--reported',
        typed(
          binaryCrossEntropy(
            logits,
            Float64Array.from(mask, (id) => 255 * id),
          ),
        ),
      ],
      cause: ['unscaled-binary-target'],
      title: 'the mask tensor holds 0 and 255',
      story: 'My loss is hugely negative and gets more negative every epoch. Is negative better?',
      learn: 'With a target of 255 binary cross-entropy has no floor: it rewards ever larger logits.',
    },
    {
      ...whole,
      name: 'mask-divided-by-255',
      target: 'mask-divided-by-255/target.npy',
      files: {
        'target.npy': npy(
          Float64Array.from(mask, (id) => id / 255),
          shape,
          'float32',
        ),
      },
      args: bce,
      cause: ['target-divided-by-255'],
      title: 'a 0/1 mask went through ToTensor',
      story: 'Fine-tuning ruins a good checkpoint: after a few minutes it predicts nothing at all.',
      learn: 'A target whose largest value is 1/255 says background everywhere.',
    },
    {
      ...whole,
      name: 'mask-normalised',
      target: 'mask-normalised/target.npy',
      files: { 'target.npy': npy(plusMinus, shape, 'float32') },
      args: [...bce, '--reported', typed(binaryCrossEntropy(logits, plusMinus))],
      cause: ['negative-target'],
      title: 'the mask was normalised like an image',
      story: 'I normalise with mean 0.5 and std 0.5 in the transforms, and the loss went below zero.',
      learn: 'Normalising turns 0/1 into -1/+1, and a negative target makes the loss unbounded below.',
    },
    {
      ...whole,
      name: 'mask-inverted',
      target: 'mask-inverted/target.npy',
      files: {
        'target.npy': npy(
          mask.map((id) => 1 - id),
          shape,
          'uint8',
        ),
      },
      args: bce,
      cause: ['inverted-target'],
      title: 'the mask marks the skin instead of the lesion',
      story: 'The new annotators exported black lesions on white. My trained network now has a loss of over 3.',
      learn: 'When agreement with the complement is high, the polarity is wrong and not the model.',
    },
    {
      ...whole,
      name: 'relu-head',
      prediction: 'relu-head/logits.npy',
      files: { 'logits.npy': tensor(rectified) },
      args: bce,
      cause: ['relu-head'],
      title: 'a ReLU after the last convolution',
      story: `The loss hangs at ${typed(binaryCrossEntropy(rectified, mask))} although the network finds the lesion.`,
      learn: 'Sigmoid of zero is one half: after a ReLU the network cannot say background.',
    },
    {
      ...whole,
      name: 'thresholded',
      prediction: 'thresholded/prediction.npy',
      files: { 'prediction.npy': tensor(logits.map((z) => (z > 0 ? 1 : 0))) },
      args: ['--loss', 'dice'],
      cause: ['hard-predictions'],
      title: 'the prediction is thresholded before the loss',
      story: 'Dice looks fine but never changes, not even in the last digit.',
      learn: 'Zeros and ones carry no gradient: threshold for the metric, never for the loss.',
    },
    {
      ...whole,
      name: 'sigmoid-twice-in-the-model',
      prediction: 'sigmoid-twice-in-the-model/probabilities.npy',
      files: { 'probabilities.npy': tensor(twice, 'float16') },
      args: ['--loss', 'bce'],
      cause: ['double-activation'],
      title: 'two sigmoids in the model, none in the loss',
      story: 'The output never drops below 0.5, so everything is lesion.',
      learn: 'Sigmoid of a sigmoid lies between 0.5 and 0.7311, whatever the network does.',
    },
    {
      ...whole,
      name: 'probabilities-as-bytes',
      prediction: 'probabilities-as-bytes/probabilities.npy',
      files: {
        'probabilities.npy': tensor(
          logits.map((z) => Math.round(255 * sigmoid(z))),
          'float16',
        ),
      },
      args: ['--loss', 'dice:from=probabilities'],
      cause: ['probabilities-scaled-by-255'],
      title: 'probabilities that were saved as grey values',
      story: 'I saved the probability maps as images, read them back as floats, and the Dice loss makes no sense.',
      learn: 'Whole numbers from 0 to 255 are bytes: divide before the loss.',
    },
    {
      ...whole,
      name: 'exploded',
      prediction: 'exploded/logits.npy',
      files: { 'logits.npy': tensor(exploded) },
      args: [...bce, '--reported', typed(binaryCrossEntropy(exploded, mask))],
      cause: ['exploded-logits'],
      title: 'logits in the thousands',
      story: 'After one bad step the loss is above a hundred and it does not recover.',
      learn: 'No trained head puts out such numbers: lower the learning rate, clip gradients, check the reduction.',
    },
    {
      ...whole,
      name: 'collapsed',
      prediction: 'collapsed/logits.npy',
      files: { 'logits.npy': tensor(collapsed) },
      args: [...bce, '--reported', typed(binaryCrossEntropy(collapsed, mask))],
      cause: ['single-class-collapse'],
      title: 'everything is background',
      story: 'Accuracy is above 80 % from the first epoch and the predicted mask is always empty.',
      learn: 'When one class is predicted everywhere, accuracy equals its frequency and says nothing.',
    },
  ];
}
