import { isFloat, type Rule, rule, type Subject } from '../core/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { validValues } from './_target-values.ts';
import { count, listed, plural, significant } from './_words.ts';

/** How far a value times 255 may lie from an integer. */
const wholeLimit = 1e-3;
/** Class ids over 255 stay far below 1. */
const largest = 0.5;

/** Class ids that were scaled like an image. */
export const targetDividedBy255: Rule = rule({
  id: 'target-divided-by-255',
  title: 'the target was divided by 255',
  severity: 'error',
  explain: {
    test:
      'The target holds floats, the largest is at most 0.5 (or, with many classes, C / 255), every value times 255 is an ' +
      'integer within 1e-3, and there are no more than C + 1 distinct values. A value of 1 beside class ids below C / 255 is ' +
      'void 255, divided as well. Soft masks reach 1 and have many more values.',
    why:
      'Class ids went through a transform for images, such as ToTensor, which divides bytes by 255. What was class 1 is now ' +
      '0.0039: a conversion to integers turns every label into 0, and a loss on floats sees hardly any foreground. The network ' +
      'is rewarded for predicting nothing.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'torch.as_tensor(numpy.array(mask), dtype=torch.long) or v2.PILToTensor(), not ToTensor()',
      },
      { framework: 'MONAI', text: 'leave the label out of the keys of ScaleIntensityd' },
      { framework: 'Keras', text: 'no rescale=1/255 in the generator of the masks; tf.image.decode_png keeps the ids' },
    ],
    exceptions:
      'A soft mask that really never exceeds one half and knows only a few levels, all of them multiples of 1/255.',
    seen: [
      'https://github.com/milesial/Pytorch-UNet/issues/228',
      'https://github.com/HasnainRaz/FC-DenseNet-TensorFlow/issues/17',
      'https://github.com/albumentations-team/albumentations/issues/148',
      'https://github.com/open-edge-platform/geti-instant-learn/pull/1102',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [1.6], b: [-2.1] },
      target: 'xx00\nxx00\nx000\nx000',
      labels: { x: 1 / 255 },
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [1.6], b: [-2.1] },
      target: 'xx00\nxx00\nx000\nx000',
      labels: { x: 0.9 },
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: brokenTargetConsequences,
  needs: {},
  check(_values, subject) {
    const ids = dividedIds(subject);
    if (ids === null) return undefined;
    const { values, max } = subject.target.profile;
    const labelled = [...values].reduce((sum, [value, pixels]) => sum + (value > 0 && value < 1 ? pixels : 0), 0);
    const names = listed(ids.map((id) => (id === 0 ? '0' : `${id}/255`)));
    return {
      message:
        `the values of the target are ${names}, the largest ${significant(Math.max(...ids) / 255, 3)}: class ids divided by ` +
        `255. read as integers, all ${plural(labelled, 'labelled pixel')} become 0. load masks without the ` +
        `scaling meant for images${values.has(1) && !subject.ignore.includes(1) ? '; the 1 is 255/255, void as a rule' : ''}`,
      evidence: [
        { label: 'largest value', value: max, limit: largest },
        { label: 'distinct values', value: ids.length, limit: subject.rows + 1 },
        { label: 'labelled pixels lost by a conversion to integers', value: 100, unit: '%' },
        { label: 'labelled pixels', value: count(labelled) },
      ],
      repair: { repair: 'rescale-target', parameter: 1 / 255 },
      strength: 0.95,
    };
  },
});

/** The ids whose 255th parts the target holds; null when it holds anything else. */
function dividedIds(subject: Subject): number[] | null {
  const { target, channels, rows } = subject;
  const { min, complete } = target.profile;
  if (!isFloat(target.dtype) || !complete || !(min >= 0)) return null;
  const values = validValues(subject).map(([value]) => value);
  const classes = values.filter((value) => value !== 1);
  const top = Math.max(...classes);
  // With void among the values, ids must be ids: {0, 1/2, 1} is a soft mask.
  const withVoid = classes.length < values.length;
  const limit = withVoid ? (rows - 1) / 255 : Math.max(largest, channels / 255);
  // Half precision keeps 11 bits, which is not enough for 1e-3 of 255.
  const slack = target.dtype === 'float16' ? 255 * 2 ** -11 * top : 0;
  if (!(top > 0 && top <= limit + 1e-6) || classes.length > rows + 1) return null;
  const whole = classes.every((value) => Math.abs(value * 255 - Math.round(value * 255)) <= wholeLimit + slack);
  return whole ? classes.map((value) => Math.round(value * 255)) : null;
}
