import { type Rule, rule } from '../core/index.ts';
import { imageClasses } from '../measures/index.ts';
import { className } from './_classes.ts';
import { count, listed, plural } from './_words.ts';

/** Masks with a single class. */
export const constantTarget: Rule = rule({
  id: 'constant-target',
  title: 'every mask holds a single class',
  severity: 'warning',
  explain: {
    test: 'In every image that has valid pixels, all of them belong to the same class.',
    why:
      'A constant answer is perfect on such a target, so the loss says nothing about the network: cross-entropy can reach 0 ' +
      'without looking at the image, and Dice or IoU of a class that is not there is a convention of the library, not a measurement.',
    fix: [
      { framework: 'PyTorch', text: 'check that labels survive loading; sample crops that contain foreground' },
      { framework: 'MONAI', text: 'RandCropByPosNegLabeld or RandCropByLabelClassesd' },
      { framework: 'Keras', text: 'mix a data set of crops with foreground in, e.g. by tf.data sample_from_datasets' },
      { framework: 'nnU-Net', text: 'raise oversample_foreground_percent' },
    ],
    exceptions:
      'Crops without an object are normal as long as they are not all there is: judge a whole batch, not one crop.',
    seen: [
      'https://github.com/milesial/Pytorch-UNet/issues/228',
      'https://github.com/HasnainRaz/FC-DenseNet-TensorFlow/issues/16',
      'https://github.com/MouseLand/cellpose/issues/1220',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nbbbb\nbbbb',
      legend: { a: [0.4], b: [-1.5] },
      target: '0000\n0000\n0000\n0000',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aabb\naabb\nbbbb\nbbbb',
      legend: { a: [0.4], b: [-1.5] },
      target: '1100\n1100\n0000\n0000',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: [
    'single-class-collapse',
    'tiny-foreground',
    'empty-class-dice',
    'class-never-present',
    'inverted-target',
    '*',
  ],
  needs: { classes: imageClasses },
  check({ classes }, subject) {
    const { images, valid, perImage, pixels } = classes;
    const { rows, kind } = subject;
    if (kind === 'multilabel') return { notApplicable: 'labels may overlap: each channel is a question of its own' };
    const constant = (image: number): boolean =>
      perImage.slice(image * rows, (image + 1) * rows).some((n) => n === valid[image]);
    const judged = Array.from({ length: images }, (_, image) => image).filter((image) => (valid[image] ?? 0) > 0);
    if (judged.length === 0 || !judged.every(constant)) return undefined;
    const present = [...pixels].flatMap((n, row) => (n > 0 ? [row] : []));
    const label = (row: number): string => className(subject, row);
    const all = valid.reduce((a, b) => a + b, 0);
    const only =
      present.length === 1 ? `class ${label(present[0] ?? 0)}` : `one of the classes ${listed(present.map(label))}`;
    const emptyMasks = judged.filter((image) => perImage[image * rows] === valid[image]).length;
    return {
      message:
        `${judged.length === 1 ? 'the mask' : `each of the ${judged.length} masks`} holds nothing but ${only} (${plural(all, 'valid pixel')}); ` +
        'a constant answer is then perfect. check that the labels survive loading, and judge images that hold more than one class',
      evidence: [
        { label: 'masks with a single class', value: `${judged.length} of ${images}`, limit: `below ${images}` },
        { label: 'masks with class 0 only', value: emptyMasks },
        ...present.map((row) => ({ label: `pixels of class ${label(row)}`, value: count(pixels[row] ?? 0) })),
      ],
      strength: 0.7,
    };
  },
});
