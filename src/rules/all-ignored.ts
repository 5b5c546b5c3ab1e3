import { type Rule, rule } from '../core/index.ts';
import { imageClasses } from '../measures/index.ts';
import { count, listed, plural } from './_words.ts';

/** Nothing left to take a mean over. */
export const allIgnored: Rule = rule({
  id: 'all-ignored',
  title: 'every pixel is ignored',
  severity: 'error',
  explain: {
    test:
      'No valid pixel is left once the ignored ones are dropped: in the whole case (an error), or in single images of a batch (a ' +
      'warning: losses that are averaged per image fail on those, and on a batch made up of them).',
    why:
      'A mean over no pixels is 0 / 0. torch returns NaN from version 1.11 on and 0 before; one such step is enough to turn all ' +
      'weights into NaN, and random crops produce one now and then.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'skip the step when valid.sum() == 0, or reduction="sum" over valid.sum().clamp_min(1)',
      },
      {
        framework: 'MONAI',
        text: 'the same; or sample crops with RandCropByPosNegLabeld, which centres them on labelled pixels',
      },
      { framework: 'Keras', text: 'divide by tf.maximum(tf.reduce_sum(weights), 1)' },
      { framework: 'mmseg', text: 'cat_max_ratio of RandomCrop rejects crops of one label' },
    ],
    exceptions: 'An ignore value that swallows a real class: see what --ignore-index was given.',
    seen: [
      'https://github.com/pytorch/pytorch/issues/70348',
      'https://github.com/pytorch/pytorch/issues/116349',
      'https://github.com/PaddlePaddle/PaddleSeg/pull/292',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: 'vvvv\nvvvv\nvvvv\nvvvv',
      labels: { v: 255 },
      args: ['--loss', 'ce', '--ignore-index', '255'],
    },
    clear: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: 'vvvv\nvvvv\n011v\n011v',
      labels: { v: 255 },
      args: ['--loss', 'ce', '--ignore-index', '255'],
    },
  },
  looksAt: ['target'],
  explains: [
    'single-class-collapse',
    'tiny-foreground',
    'empty-class-dice',
    'constant-target',
    'class-never-present',
    'weight-mismatch',
    '*',
  ],
  needs: { classes: imageClasses },
  check({ classes }, subject) {
    const { images, valid, ignored } = classes;
    if (subject.ignore.length === 0) return undefined;
    const empty = Array.from(valid, (n, image) => (n === 0 && ignored[image] === subject.pixels ? image : -1));
    const hollow = empty.filter((image) => image >= 0);
    if (hollow.length === 0) return undefined;
    const labels = listed(subject.ignore);
    const evidence = [
      { label: 'valid pixels', value: valid.reduce((a, b) => a + b, 0), limit: 'at least 1' },
      { label: 'ignored pixels', value: count(ignored.reduce((a, b) => a + b, 0)) },
      { label: 'images without a valid pixel', value: `${hollow.length} of ${images}`, limit: 0 },
    ];
    if (hollow.length === images) {
      return {
        message:
          `all ${plural(images * subject.pixels, 'pixel')} of the target are ignored (label ${labels}), so the loss is a mean over ` +
          'nothing: 0/0. skip such a batch, or divide by at least 1',
        evidence,
        strength: 0.95,
      };
    }
    const which = `image${hollow.length === 1 ? '' : 's'} ${listed(hollow)}`;
    return {
      severity: 'warning',
      title: hollow.length === 1 ? 'one image is ignored as a whole' : 'some images are ignored as a whole',
      message:
        `${which} of ${images} (counted from 0) ${hollow.length === 1 ? 'has' : 'have'} no valid pixel (label ${labels} is ignored): a ` +
        'loss that is averaged per image is 0/0 there. leave such images out, or average over the valid pixels of the batch',
      evidence,
      strength: 0.6,
    };
  },
});
