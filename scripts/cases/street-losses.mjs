// Street cases about the prediction and the loss: activations, precision, resolution, reduction, weights.

import { smoothNoise } from './fields.mjs';
import { greyPng, half, npy } from './files.mjs';
import { randomFrom } from './random.mjs';
import { crossEntropy, negativeEntry, softmaxAlong, typed } from './reference.mjs';

export function streetLossCases({ shape, target, logits, classes }) {
  const [height, width] = shape;
  const pixels = height * width;
  const probabilities = softmaxAlong(logits, classes, pixels).map(Math.fround);
  const overRows = softmaxAlong(logits, height, width).map(half);
  const crossEntropyNow = crossEntropy(logits, target);
  const values = {
    healthy: typed(crossEntropyNow.mean),
    sum: typed(crossEntropyNow.sum),
    overAllPixels: typed(crossEntropyNow.sum / pixels),
    doubleSoftmax: typed(crossEntropy(probabilities, target).mean),
    overRows: typed(negativeEntry(overRows.map(Math.log), target)),
    nll: typed(negativeEntry(probabilities, target)),
  };

  // A hundred steps in: the class frequencies are learned, the image is not.
  const frequency = Array.from({ length: classes }, (_, k) => target.filter((id) => id === k).length / pixels);
  const random = randomFrom(20260107);
  const early = new Float64Array(logits.length);
  for (let k = 0; k < classes; k++) {
    const mood = smoothNoise(random, shape, 5);
    for (let i = 0; i < pixels; i++) early[k * pixels + i] = Math.log(frequency[k]) + 0.3 * mood[i];
  }

  const channelsLast = Float64Array.from(logits, (_, i) => logits[(i % classes) * pixels + Math.floor(i / classes)]);

  const whole = { prediction: 'street/logits.npy', target: 'street/target.npy' };
  const ignoring = ['--loss', 'ce', '--ignore-index', '255'];

  return [
    {
      ...whole,
      name: 'street',
      files: {
        'logits.npy': npy(logits, [classes, height, width], 'float32'),
        'target.npy': npy(target, shape, 'uint8'),
        'labels.png': greyPng(target, shape),
      },
      args: ignoring,
      cause: [],
      title: 'a healthy street scene, six classes',
      story: 'The network is mediocre but nothing is wrong with how the loss is computed. Is there?',
      learn: 'Wrong pixels alone are no defect: a weak network must pass without an error.',
    },
    {
      ...whole,
      name: 'street-reported',
      args: [...ignoring, '--reported', values.healthy],
      cause: [],
      title: 'a healthy street scene with the loss that training printed',
      story: `My log says ${values.healthy} for this image. Does the file explain that number?`,
      learn: 'A reported value that the arrays reproduce to every digit proves the wiring.',
    },
    {
      ...whole,
      name: 'street-channels-last',
      prediction: 'street-channels-last/logits.npy',
      files: { 'logits.npy': npy(channelsLast, [height, width, classes], 'float16') },
      args: ignoring,
      cause: [],
      title: 'the same street, channels last and float16',
      story: 'Exported from a Keras model: height, width, classes, in half precision.',
      learn: 'The layout is read from the shapes; channels last is as healthy as channels first.',
    },
    {
      ...whole,
      name: 'street-early',
      prediction: 'street-early/logits.npy',
      files: { 'logits.npy': npy(early, [classes, height, width], 'float16') },
      args: ignoring,
      cause: ['no-better-than-prior'],
      twin: 'street',
      title: 'a network that has learned the class frequencies and nothing else',
      story: 'After the first hundred steps the loss moved from 1.79 and then sat still. Broken, or just early?',
      learn: 'Matching the entropy of the class frequencies is a warning about progress, not an error in the wiring.',
    },
    {
      ...whole,
      name: 'double-softmax',
      prediction: 'double-softmax/probabilities.npy',
      files: { 'probabilities.npy': npy(probabilities, [classes, height, width], 'float32') },
      args: [...ignoring, '--reported', values.doubleSoftmax],
      cause: ['probabilities-as-logits'],
      twin: 'street-reported',
      title: 'softmax in the model and softmax again in the loss',
      story: `My cross-entropy fell quickly to ${values.doubleSoftmax} and has not moved since, yet the masks look decent.`,
      learn: 'Cross-entropy of probabilities cannot fall below ln(1 + (C-1)/e), however good the model gets.',
    },
    {
      ...whole,
      name: 'nll-of-probabilities',
      prediction: 'double-softmax/probabilities.npy',
      args: ['--loss', 'nll', '--ignore-index', '255', '--reported', values.nll],
      cause: ['probabilities-as-log-probabilities'],
      twin: 'street-reported',
      title: 'the logarithm before the likelihood is missing',
      story: `My loss is negative: ${values.nll}. It crawls towards -1 and I have no idea what that means.`,
      learn: 'Negative log-likelihood takes log-probabilities; of plain probabilities it lies between -1 and 0.',
    },
    {
      ...whole,
      name: 'softmax-over-rows',
      prediction: 'softmax-over-rows/probabilities.npy',
      files: { 'probabilities.npy': npy(overRows, [classes, height, width], 'float16') },
      args: ['--loss', 'ce:from=probabilities', '--ignore-index', '255', '--reported', values.overRows],
      cause: ['softmax-wrong-axis'],
      twin: 'street',
      title: 'softmax over the height of the image',
      story: `One image without a batch axis went through softmax(dim=1). The loss is ${values.overRows}; guessing would cost 1.79.`,
      learn: 'Which axis sums to one tells which axis the softmax ran over.',
    },
    {
      ...whole,
      name: 'log-of-zero',
      prediction: 'log-of-zero/probabilities.npy',
      files: {
        'probabilities.npy': npy(
          softmaxAlong(
            logits.map((z) => 2.6 * z),
            classes,
            pixels,
          ),
          [classes, height, width],
          'float16',
        ),
      },
      args: ['--loss', 'ce:from=probabilities', '--ignore-index', '255'],
      cause: ['log-of-zero'],
      twin: 'street',
      title: 'half-precision probabilities that reach zero',
      story: 'With mixed precision on, the loss becomes inf after some epochs. Without it, never.',
      learn: 'float16 has no number below 6e-8: one sure and wrong pixel is enough for -ln 0.',
    },
    {
      ...whole,
      name: 'quarter-resolution',
      prediction: 'quarter-resolution/logits.npy',
      files: {
        'logits.npy': npy(quarter(logits, shape), [classes, height / 4, width / 4], 'float32'),
      },
      args: ignoring,
      cause: ['resolution-mismatch'],
      twin: 'street',
      title: 'the network answers at a quarter of the resolution',
      story: 'The loss says that the spatial sizes do not match: 24 x 40 against 96 x 160.',
      learn: 'A ratio of exactly four on both axes is an output stride: upsample the logits, do not shrink the mask.',
    },
    {
      ...whole,
      name: 'summed-loss',
      args: [...ignoring, '--reported', values.sum],
      cause: ['unreduced-sum'],
      twin: 'street-reported',
      title: 'the loss was summed, not averaged',
      story: `My loss is ${values.sum}! The curve does go down, but any sane learning rate makes it explode.`,
      learn: 'Reported over recomputed is exactly the number of valid pixels: the reduction is a sum.',
    },
    {
      ...whole,
      name: 'void-in-the-divisor',
      args: [...ignoring, '--reported', values.overAllPixels],
      cause: ['ignored-in-denominator'],
      twin: 'street-reported',
      title: 'void pixels are left out of the sum but counted in the mean',
      story: `A second code base prints ${values.overAllPixels} for the very same arrays. Who is right?`,
      learn: 'The two values differ by the share of valid pixels, so images with much void count less.',
    },
    {
      ...whole,
      name: 'five-weights-for-six-classes',
      args: [...ignoring, '--weights', '0.4,0.9,1.2,0.8,2.1'],
      cause: ['weight-mismatch'],
      twin: 'street',
      title: 'one class weight is missing',
      story: 'I computed class weights before the person class existed and pasted them into the new config.',
      learn: 'One weight per channel, void not counted.',
    },
  ];
}

/** What a stride-4 head puts out: the same evidence, averaged over blocks of 4 x 4. */
function quarter(logits, [height, width]) {
  const [rows, columns] = [height / 4, width / 4];
  const result = new Float64Array(logits.length / 16);
  for (let i = 0; i < logits.length; i++) {
    const channel = Math.floor(i / (height * width));
    const y = Math.floor((i % (height * width)) / width);
    const x = i % width;
    result[(channel * rows + (y >> 2)) * columns + (x >> 2)] += logits[i] / 16;
  }
  return result.map(half);
}
