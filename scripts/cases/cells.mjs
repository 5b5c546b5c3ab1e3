// The cells: four microscope tiles of 64 x 80 in one batch, a sigmoid head. The cases about batches and about the loss.

import { half, npy } from './files.mjs';
import { imitateBinaryNetwork } from './network.mjs';
import { randomFrom } from './random.mjs';
import { binaryCrossEntropy, broadcastBinaryCrossEntropy, sigmoid, typed } from './reference.mjs';
import { cells } from './scenes.mjs';

const tile = [64, 80];
const size = tile[0] * tile[1];

export function cellCases() {
  const random = randomFrom(20260303);
  const counts = [7, 9, 6, 11];
  const images = counts.length;
  const mask = new Uint8Array(images * size);
  const logits = new Float64Array(images * size);
  counts.forEach((count, n) => {
    const truth = cells(random, tile, count, [4.2, 7.2]);
    const seen = imitateBinaryNetwork(truth, tile, random, {
      warp: 1,
      noise: 0.8,
      confusions: [
        { from: 0, to: 1, share: 0.03 },
        { from: 1, to: 0, share: 0.12 },
      ],
    });
    mask.set(truth, n * size);
    logits.set(seen.map(half), n * size);
  });

  const batch = [images, 1, ...tile];
  const masks = [images, ...tile];
  const probabilities = logits.map((z) => Math.fround(sigmoid(z)));
  const dead = Float64Array.from(logits, () => Math.fround(-1.7 + 1e-4 * random.normal()));
  const overflown = Float64Array.from(logits);
  for (let i = 0; i < size; i++) {
    // An overflow in one layer spreads over its receptive field: a corner of the third tile.
    const [y, x] = [Math.floor(i / tile[1]), i % tile[1]];
    if (y < 22 && x > 50) overflown[2 * size + i] = y < 4 && x > 74 ? Infinity : Number.NaN;
  }
  const nextTile = mask.map((_, i) => mask[(i + size) % mask.length]);
  const shifted = mask.map((_, i) => {
    const [n, y, x] = [Math.floor(i / size), Math.floor((i % size) / tile[1]) - 4, (i % tile[1]) - 5];
    return y < 0 || x < 0 ? 0 : mask[n * size + y * tile[1] + x];
  });

  const bce = ['--loss', 'bce-logits'];
  const value = binaryCrossEntropy(logits, mask);
  const whole = { prediction: 'cells/logits.npy', target: 'cells/target.npy', twin: 'cells' };

  return [
    {
      ...whole,
      twin: undefined,
      name: 'cells',
      files: { 'logits.npy': npy(logits, batch, 'float32'), 'target.npy': npy(mask, masks, 'uint8') },
      args: bce,
      cause: [],
      title: 'a healthy batch of four cell images',
      story: 'Predictions have a channel axis, masks have none, and the data loader takes care of it.',
      learn: 'A batch of [N,1,H,W] against [N,H,W] is normal and is paired image by image.',
    },
    {
      ...whole,
      twin: undefined,
      name: 'cells-reported',
      args: [...bce, '--reported', typed(value)],
      cause: [],
      title: 'the same cells with the loss that training printed',
      story: `The validation step prints ${typed(value)} for this batch.`,
      learn: 'The recomputed value equals the reported one: the wiring is right, what is left is learning.',
    },
    {
      ...whole,
      name: 'double-sigmoid',
      prediction: 'double-sigmoid/probabilities.npy',
      files: { 'probabilities.npy': npy(probabilities, batch, 'float32') },
      args: [...bce, '--reported', typed(binaryCrossEntropy(probabilities, mask))],
      cause: ['probabilities-as-logits'],
      twin: 'cells-reported',
      title: 'sigmoid in the model and sigmoid again in the loss',
      story: `The loss is stuck at ${typed(binaryCrossEntropy(probabilities, mask))}. The masks look right after thresholding.`,
      learn: 'Background alone costs ln 2 per pixel when the loss applies a second sigmoid.',
    },
    {
      ...whole,
      name: 'dice-of-logits',
      args: ['--loss', 'dice:from=probabilities'],
      cause: ['logits-as-probabilities'],
      title: 'a Dice loss without an activation',
      story: 'My Dice loss is 1.1. It should lie between 0 and 1, and the masks are good.',
      learn: 'Dice wants probabilities: negative logits turn its denominator around and the quotient means nothing.',
    },
    {
      ...whole,
      name: 'cross-entropy-of-one-channel',
      args: ['--loss', 'ce'],
      cause: ['head-loss-mismatch'],
      title: 'softmax cross-entropy on a single channel',
      story: 'The loss is exactly zero from the first step on. That was quick.',
      learn: 'Softmax of one number is one: with one channel take binary cross-entropy.',
    },
    {
      ...whole,
      name: 'background-ignored',
      args: [...bce, '--ignore-index', '0'],
      cause: ['background-ignored'],
      title: 'the background was declared as ignored',
      story: 'I wanted the loss to look at cells only. Since then the predicted cells grow with every epoch.',
      learn: 'Ignoring class 0 leaves a single class, and a constant answer is then perfect.',
    },
    {
      ...whole,
      name: 'dice-term-lost',
      args: ['--loss', 'dice + bce-logits', '--reported', typed(value)],
      cause: ['missing-term'],
      twin: 'cells-reported',
      title: 'a compound loss of which one term is missing',
      story: `Dice plus cross-entropy prints ${typed(value)}. I expected more.`,
      learn: 'The reported value is one term of the sum alone: the other never arrived.',
    },
    {
      ...whole,
      name: 'broadcast-batch',
      args: [...bce, '--reported', typed(broadcastBinaryCrossEntropy(logits, mask, images))],
      cause: ['shape-broadcast'],
      twin: 'cells-reported',
      title: 'every image compared with every mask',
      story: 'My own loss function takes [4,1,64,80] and [4,64,80] without complaint. The value is too high.',
      learn: 'The shapes broadcast to [4,4,64,80] in silence; only the reported value gives it away.',
    },
    {
      ...whole,
      name: 'wrong-pairs',
      target: 'wrong-pairs/target.npy',
      files: { 'target.npy': npy(nextTile, masks, 'uint8') },
      args: bce,
      cause: ['pair-mismatch'],
      title: 'each image got the mask of its neighbour',
      story:
        'I glob images and masks in two folders and zip the lists. Each looks fine on its own, nothing fits together.',
      learn: 'When another order of the masks fits far better, join by file name instead of by position.',
    },
    {
      ...whole,
      name: 'shifted-masks',
      target: 'shifted-masks/target.npy',
      files: { 'target.npy': npy(shifted, masks, 'uint8') },
      args: bce,
      cause: ['misaligned-target'],
      title: 'the masks lie four pixels down and five to the right',
      story: 'Images are cropped at the centre, masks at the corner. The overlap never passes one half.',
      learn: 'A sharp correlation peak away from zero is an offset in loading.',
    },
    {
      ...whole,
      name: 'flat-output',
      prediction: 'flat-output/logits.npy',
      files: { 'logits.npy': npy(dead, batch, 'float32') },
      args: bce,
      cause: ['constant-output'],
      title: 'the network answers the same number everywhere',
      story: 'The loss dropped once and is flat ever since. The output looks uniformly grey.',
      learn: 'A spread of 1e-4 is no answer to the image: the bias is learned, the features are dead.',
    },
    {
      ...whole,
      name: 'nan-in-a-corner',
      prediction: 'nan-in-a-corner/logits.npy',
      files: { 'logits.npy': npy(overflown, batch, 'float16') },
      args: bce,
      cause: ['nonfinite-prediction'],
      title: 'an overflow in one corner of one image',
      story: 'The loss is nan, but three of the four images look perfectly fine.',
      learn: 'One non-finite pixel makes every mean nan: look where they are before looking at the loss.',
    },
  ];
}
