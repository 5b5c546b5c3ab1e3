import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { allowedLabels, labelsWithoutClass, obstacleOf, targetChannels, unscaledValue } from './_target-values.ts';
import { count, listed, percent, plural } from './_words.ts';

/** Labels that have no channel in the prediction. */
export const labelOutOfRange: Rule = rule({
  id: 'label-out-of-range',
  title: 'the target has labels without a class',
  severity: 'error',
  explain: {
    test:
      'A valid label of the target is C or more (2 or more for a prediction of one channel). C classes have the labels 0 to ' +
      'C - 1; there is no tolerance. The same for one-hot targets of more channels than the prediction.',
    why:
      'The loss looks up channel y of the prediction, and there is no such channel. torch raises an index error on the CPU and ' +
      'a device-side assert on the GPU; TensorFlow raises on the CPU and gives NaN on the GPU. Losses of one channel take the ' +
      'label as a probability above 1 and go negative.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'raise the output channels to the largest label + 1, or remap the labels; run once on the CPU for a readable message',
      },
      { framework: 'MONAI', text: 'to_onehot_y needs more channels than the largest label; MapLabelValued remaps' },
      { framework: 'Keras', text: 'SparseCategoricalCrossentropy needs as many outputs as the largest label + 1' },
      {
        framework: 'mmseg',
        text: 'set num_classes of the decode head and of the auxiliary head, or remap the labels in the data set',
      },
    ],
    exceptions: 'A label that means "ignore": declare it with --ignore-index. There is no other.',
    seen: [
      'https://github.com/milesial/Pytorch-UNet/issues/258',
      'https://github.com/shekkizh/FCN.tensorflow/issues/22',
      'https://github.com/Project-MONAI/MONAI/issues/5881',
      'https://github.com/tensorflow/tensorflow/issues/3739',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaabbb\naaabbb\naaabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000112\n000122\n000222',
      repeat: [4, 4],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaabbb\naaabbb\naaabbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '000111\n000111\n000111',
      repeat: [4, 4],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: ['class-never-present', 'constant-target', 'inverted-target', 'label-gap', 'negative-by-design', '*'],
  needs: {},
  check(_values, subject) {
    if (obstacleOf(subject, 'label-out-of-range') !== undefined) return tooManyChannels(subject);
    const beyond = labelsWithoutClass(subject).filter(({ label }) => label > 0);
    if (!(beyond.length > 0)) return undefined;
    const { size } = subject.target.profile;
    const classes = allowedLabels(subject);
    const largest = Math.max(...beyond.map(({ label }) => label));
    const pixels = beyond.reduce((sum, it) => sum + it.pixels, 0);
    const shown = beyond.map(({ label, pixels: n }) => `${label} in ${plural(n, 'pixel')}`);
    return {
      message:
        `target has label ${listed(shown, 3)}; the prediction has ${plural(classes, 'class').replace('classs', 'classes')}, ` +
        `so labels must be 0-${classes - 1}. ${remedy(largest, beyond.length, unscaledValue(subject))}`,
      evidence: [
        { label: 'largest label', value: largest, limit: classes - 1 },
        { label: 'pixels without a class', value: (100 * pixels) / size, unit: '%', limit: 0 },
        ...beyond.slice(0, 6).map(({ label, pixels: n }) => ({
          label: `label ${label}`,
          value: `${count(n)} pixels, ${percent(n / size)}`,
        })),
      ],
      strength: 0.9,
    };
  },
});

/** One-hot channels that no output answers to. */
function tooManyChannels(subject: Subject): Finding {
  const { channels, kind } = subject;
  const own = targetChannels(subject);
  const one = own === channels + 1;
  const found = `the target has ${own} one-hot channels, the prediction ${channels}: `;
  const drop = 'drop channel 0 of the target (target[:, 1:])';
  const remedies =
    one && kind === 'multilabel'
      ? `a question per class without the background leaves that channel over. ${drop}, or give the background an output`
      : `train with ${own} outputs${one ? `; if background is left out on purpose, ${drop}` : ''}`;
  return {
    title: 'the target has more classes than the prediction',
    message: found + remedies,
    evidence: [{ label: 'channels of the target', value: own, limit: channels }],
    ...(one && kind === 'multilabel' ? { repair: { repair: 'match-channels' } } : {}),
    strength: 0.95,
  };
}

function remedy(largest: number, labels: number, unscaled: number | null): string {
  if (unscaled !== null) return `divide the mask by ${unscaled}`;
  const ignoring = labels === 1 ? `; if ${largest} means "ignore", pass --ignore-index ${largest}` : '';
  // Ids like 255 or 128 are codes, not a count of classes.
  const more = largest < 200 ? `train with ${largest + 1} classes or remap the labels` : 'remap the labels';
  return `${more}${ignoring}`;
}
