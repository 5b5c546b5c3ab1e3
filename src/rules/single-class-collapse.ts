import { type Rule, rule } from '../core/index.ts';
import { type Confusion, confusion, overlap } from '../measures/index.ts';
import { className, probabilityByRow } from './_classes.ts';
import { surePixels } from './_placement.ts';
import { count, listed, percent } from './_words.ts';

/** One class on this share of the pixels, and another that is there in earnest but as good as never predicted. */
const soleLimit = 0.995;
const presentLimit = 0.005;
const starvedLimit = 0.1;
/** Early networks give a class its share of probability before they ever decide for it. */
const probabilityLimit = 0.5;

/** A network that answers one class whatever it sees. */
export const singleClassCollapse: Rule = rule({
  id: 'single-class-collapse',
  title: 'one class is predicted everywhere',
  severity: 'error',
  explain: {
    test:
      'The winning class (or p > 1/2) is the same on at least 99.5 % of the valid pixels, while the target has at least 0.5 % of ' +
      'another class whose predicted share is below a tenth of its own: more than annotation noise. A warning, not an error, as long as ' +
      'the mean probability of the missing classes is at least half of their share, or of what a uniform guess gives them where that ' +
      'is less: that is how a network looks that has learned the class frequencies and not yet more, or nothing at all yet. A warning as well below 5000 valid pixels: of crops ' +
      'of 32, 48 and 64 pixels of healthy street networks 4, 3 and 1 % miss all but one class.',
    why:
      'The network found that one class is right most of the time and stopped there. Accuracy then equals the frequency of that ' +
      'class, mean IoU is the C-th part of it, and both look better than they are. Common ways there: a learning rate too high in the ' +
      'first steps, a Dice loss alone, crops without the missing classes.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'a lower learning rate or Adam, Dice + cross-entropy, class weights, crops that contain the missing classes',
      },
      { framework: 'MONAI', text: 'RandCropByPosNegLabeld; DiceCELoss' },
      { framework: 'Keras', text: 'sample_weight per pixel; check the last bias and the activation of the last layer' },
      { framework: 'nnU-Net', text: 'a lower initial_lr; with Dice alone add cross-entropy' },
      { framework: 'mmseg', text: 'check num_classes and reduce_zero_label, then class_weight' },
    ],
    exceptions:
      'A mask with a single class, which no rule can tell from success; an export of a model before its first step.',
    seen: [
      'https://github.com/jakeret/tf_unet/issues/234',
      'https://github.com/NVIDIA/DeepLearningExamples/issues/263',
      'https://github.com/MIC-DKFZ/nnUNet/issues/1395',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaaa\naaaa\naaaa\naaaa',
      legend: { a: [3.4, -2.8] },
      target: '0001\n0011\n0011\n0000',
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaaa\naaab\naabb\naaaa',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '0001\n0011\n0011\n0000',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: [
    'threshold-misfit',
    'starved-class',
    'tiny-foreground',
    'class-imbalance',
    'background-inflates-dice',
    'no-better-than-prior',
    '*',
  ],
  needs: { confusion, overlap },
  check(values, subject) {
    if (subject.kind === 'multilabel')
      return { notApplicable: 'labels may overlap: each channel is a question of its own' };
    const { truth, predicted, valid } = values.confusion;
    const top = predicted.indexOf(Math.max(...predicted));
    const sole = (predicted[top] ?? 0) / valid;
    if (!(sole >= soleLimit)) return undefined;
    const missing = missingClasses(values.confusion, top);
    if (missing.length === 0) return undefined;
    const share = (of: ArrayLike<number>): number => missing.reduce((sum, row) => sum + (of[row] ?? 0), 0) / valid;
    const mean = share(probabilityByRow(values.overlap, subject));
    const given = mean / Math.min(share(truth), missing.length / subject.rows);
    const early = !(given < probabilityLimit);
    const name = (row: number): string => className(subject, row);
    return {
      severity: early || valid < surePixels ? 'warning' : 'error',
      message:
        `class ${name(top)} is predicted on ${percent(sole)} of the pixels, while the target has ${percent(share(truth))} of ` +
        `class ${listed(missing.map(name))} and the prediction ${percent(share(predicted))}. ` +
        (early
          ? `the mean probability of ${missing.length === 1 ? 'that class' : 'those'} is still ${percent(mean)}, as early in training; if this lasts, weigh the classes or add a Dice loss`
          : 'lower the learning rate, weigh the classes or add a Dice loss, and sample crops that contain them') +
        (early || valid >= surePixels
          ? ''
          : `. in a crop of ${count(valid)} pixels this may be one region that is missed: look at a whole image first`),
      evidence: [
        { label: `predicted as class ${name(top)}`, value: 100 * sole, unit: '%', limit: 100 * soleLimit },
        ...missing.flatMap((row) => [
          {
            label: `class ${name(row)} in the target`,
            value: (100 * (truth[row] ?? 0)) / valid,
            unit: '%',
            limit: 100 * presentLimit,
          },
          {
            label: `class ${name(row)} predicted`,
            value: (100 * (predicted[row] ?? 0)) / valid,
            unit: '%',
            limit: (100 * starvedLimit * (truth[row] ?? 0)) / valid,
          },
        ]),
        {
          label: 'mean probability of the missing over expected',
          value: given,
          limit: probabilityLimit,
        },
      ],
      strength: early ? 0.6 : 0.75,
    };
  },
});

function missingClasses({ truth, predicted, valid }: Confusion, top: number): number[] {
  return [...truth].flatMap((n, row) => {
    const starved = (predicted[row] ?? 0) < starvedLimit * n;
    return row !== top && n / valid >= presentLimit && starved ? [row] : [];
  });
}
