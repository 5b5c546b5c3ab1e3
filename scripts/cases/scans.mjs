// Scans: a small volume, nested regions with several labels per pixel, and an image with hardly any foreground.

import { smoothNoise } from './fields.mjs';
import { half, npy } from './files.mjs';
import { imitateBinaryNetwork, imitateNetwork } from './network.mjs';
import { randomFrom } from './random.mjs';
import { binaryCrossEntropy, crossEntropy, typed } from './reference.mjs';
import { cells, nestedRegions, organ } from './scenes.mjs';

export const scanCases = () => [...organCases(), ...regionCases(), ...speckCases()];

function organCases() {
  const random = randomFrom(20260404);
  const shape = [14, 40, 44];
  const ids = organ(random, shape);
  const logits = imitateNetwork(ids, shape, 3, random, {
    warp: 1,
    noise: 0.8,
    confusions: [
      { from: 0, to: 1, share: 0.05 },
      { from: 1, to: 0, share: 0.1 },
      { from: 1, to: 2, share: 0.04 },
      { from: 2, to: 1, share: 0.3 },
    ],
  }).map(half);
  const whole = { prediction: 'organ/logits.npy', target: 'organ/target.npy' };
  const value = typed(crossEntropy(logits, ids).mean);
  return [
    {
      ...whole,
      name: 'organ',
      files: { 'logits.npy': npy(logits, [3, ...shape], 'float16'), 'target.npy': npy(ids, shape, 'uint8') },
      args: ['--loss', 'dice'],
      cause: [],
      title: 'a healthy volume: background, organ, tumour',
      story: 'A patch of 14 slices from the validation set, in half precision.',
      learn: 'Volumes are read like images: every measure has its third axis.',
    },
    {
      ...whole,
      name: 'organ-reported',
      args: ['--loss', 'ce', '--reported', value],
      cause: [],
      title: 'the same volume with the loss that training printed',
      story: `Cross-entropy of this patch is ${value}, says the log.`,
      learn: 'Float16 logits reproduce the reported value as long as the loss itself ran in float32.',
    },
  ];
}

function regionCases() {
  const random = randomFrom(20260505);
  const shape = [72, 88];
  const size = shape[0] * shape[1];
  const target = new Uint8Array(2 * 3 * size);
  const logits = new Float64Array(target.length);
  for (let n = 0; n < 2; n++)
    nestedRegions(random, shape).forEach((mask, k) => {
      const seen = imitateBinaryNetwork(mask, shape, random, {
        warp: 1.6,
        noise: 0.8,
        confusions: [
          { from: 0, to: 1, share: 0.03 },
          { from: 1, to: 0, share: 0.1 },
        ],
      });
      target.set(mask, (n * 3 + k) * size);
      logits.set(seen.map(half), (n * 3 + k) * size);
    });
  const value = typed(binaryCrossEntropy(logits, target));
  const whole = { prediction: 'nested-regions/logits.npy', target: 'nested-regions/target.npy' };
  return [
    {
      ...whole,
      name: 'nested-regions',
      files: {
        'logits.npy': npy(logits, [2, 3, ...shape], 'float16'),
        'target.npy': npy(target, [2, 3, ...shape], 'uint8'),
      },
      args: ['--loss', 'bce-logits', '--reported', value],
      cause: [],
      title: 'healthy multi-label regions, one inside another',
      story: 'Whole tumour, core and enhancing core: one sigmoid each, and they overlap on purpose.',
      learn: 'With a sigmoid per channel a pixel may carry several labels.',
    },
    {
      ...whole,
      name: 'softmax-on-overlapping-labels',
      args: ['--loss', 'ce'],
      cause: ['multilabel-vs-multiclass', 'target-not-one-hot'],
      twin: 'nested-regions',
      title: 'softmax for labels that overlap',
      story: 'I swapped the loss for cross-entropy because there are three classes. The loss jumped.',
      learn: 'Softmax lets one class win per pixel; a target with two ones in a pixel can never be reached.',
    },
  ];
}

function speckCases() {
  const random = randomFrom(20260606);
  const shape = [120, 136];
  const mask = cells(random, shape, 4, [1.7, 2.5]);
  const seen = smoothNoise(random, shape, 4);
  // Just enough contrast to be no constant, far too little to find the specks.
  const logits = Float64Array.from(mask, (id, i) => half(-5.3 + 0.3 * id + 0.35 * seen[i]));
  return [
    {
      name: 'hardly-any-foreground',
      prediction: 'hardly-any-foreground/logits.npy',
      target: 'hardly-any-foreground/target.npy',
      files: { 'logits.npy': npy(logits, [1, 1, ...shape], 'float16'), 'target.npy': npy(mask, shape, 'uint8') },
      args: ['--loss', 'bce-logits', '--reported', typed(binaryCrossEntropy(logits, mask))],
      cause: ['tiny-foreground', 'class-imbalance', 'no-better-than-prior'],
      twin: 'cells',
      title: 'a tiny loss that means nothing',
      story: 'The loss is 0.02 already, and still not a single speck is found.',
      learn: 'With 0.3 % foreground the empty answer costs next to nothing: compare with the entropy, not with zero.',
    },
  ];
}
