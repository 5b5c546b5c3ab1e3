import { type Rule, rule } from '../core/index.ts';
import { confusion, imageClasses } from '../measures/index.ts';
import { className } from './_classes.ts';
import { listed, percent } from './_words.ts';

/** All but a few mislabelled pixels. */
const loneShare = 0.999;
/** Void outlines are thinner than this. */
const ignoredLimit = 0.1;

/** Masks of which only one class is left, the rest being ignored. */
export const backgroundIgnored: Rule = rule({
  id: 'background-ignored',
  title: 'everything but one class is ignored',
  severity: 'error',
  explain: {
    test:
      'One class holds at least 99.9 % of the valid pixels, and at least 10 % of all pixels are ignored: void along outlines is less. An error ' +
      'where two classes are told apart and the object is the one that is left, otherwise a warning: a crop may hold nothing else.',
    why:
      'Where background is ignored, as after reduce_zero_label or with ignore_index=0, the loss never sees a pixel that is not the object. To ' +
      'answer "object" everywhere is then perfect, and that is what the network learns: loss near 0, whole images of one class.',
    fix: [
      { framework: 'PyTorch', text: 'ignore_index=255 for void only; background 0 is a class like any other' },
      {
        framework: 'MONAI',
        text: 'include_background=False leaves a channel out of Dice and ignores no pixel; keep the labels as they are',
      },
      { framework: 'Keras', text: 'ignore_class=255, not 0; sample_weight of background above 0' },
      { framework: 'mmseg', text: 'reduce_zero_label=False, and background among the classes' },
      { framework: 'Hugging Face', text: 'do_reduce_labels=False in the image processor' },
    ],
    exceptions:
      'Scribbles leave most pixels ignored but hold several classes, seen over a whole batch. A crop that lies within one class.',
    seen: [
      'https://github.com/open-mmlab/mmsegmentation/issues/2508',
      'https://github.com/open-mmlab/mmsegmentation/issues/1282',
      'https://github.com/CSAILVision/semantic-segmentation-pytorch/issues/76',
      'https://github.com/alexgkendall/caffe-segnet/issues/31',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [-2.1, 2.4], b: [-1.2, 1.9] },
      target: '1100\n1100\n1000\n1000',
      args: ['--loss', 'ce', '--ignore-index', '0'],
    },
    clear: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [-2.1, 2.4], b: [1.2, -0.9] },
      target: '1100\n1v00\n1000\nv000',
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
    'label-out-of-range',
    'class-never-present',
    'absent-class-weight',
    '*',
  ],
  needs: { classes: imageClasses, confusion },
  check(values, subject) {
    if (subject.kind === 'multilabel')
      return { notApplicable: 'labels may overlap: each channel is a question of its own' };
    const { pixels, valid, ignored } = values.classes;
    const [all, left] = [valid, ignored].map((it) => it.reduce((a, b) => a + b, 0)) as [number, number];
    const lone = [...pixels].findIndex((n) => n >= loneShare * all);
    const share = left / (all + left);
    if (!(all > 0 && share >= ignoredLimit) || lone < 0) return undefined;
    const certain = subject.rows === 2 && lone === 1;
    const labels = subject.ignore.filter((label) => subject.target.profile.values.has(label));
    const named = labels.length > 0 ? ` (label ${listed(labels)})` : '';
    return {
      ...(certain ? {} : { severity: 'warning' }),
      message:
        `${percent((pixels[lone] ?? 0) / all)} of the valid pixels are class ${className(subject, lone)}, and ${percent(share)} of all pixels are ` +
        `ignored${named}: a constant answer is perfect. if what is ignored is background, make it a class`,
      evidence: [
        { label: 'ignored pixels', value: 100 * share, unit: '%', limit: 100 * ignoredLimit },
        {
          label: `valid pixels of class ${className(subject, lone)}`,
          value: (100 * (pixels[lone] ?? 0)) / all,
          unit: '%',
          limit: 100 * loneShare,
        },
        ...decided(
          subject.obstacles.some(({ blocks }) => blocks.includes('prediction')),
          values,
          lone,
        ),
      ],
      strength: 0.9,
    };
  },
});

function decided(
  blind: boolean,
  values: { readonly confusion: { predicted: Float64Array; valid: number } },
  lone: number,
) {
  if (blind) return [];
  const { predicted, valid } = values.confusion;
  return [
    { label: 'pixels for which the prediction says so', value: (100 * (predicted[lone] ?? 0)) / valid, unit: '%' },
  ];
}
