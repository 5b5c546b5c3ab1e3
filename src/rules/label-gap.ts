import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { classLabels, type Remap, remapOf } from './_remap.ts';
import { allowedLabels } from './_target-values.ts';
import { count, listed, percent, significant } from './_words.ts';

/** So many images may lack a class by chance; more and the ids themselves are sparse. */
const fewImages = 5;

/** Labels that do not run from 0 to C - 1. */
export const labelGap: Rule = rule({
  id: 'label-gap',
  title: 'the labels do not run from 0 to the number of classes',
  severity: 'error',
  explain: {
    test:
      'Labels reach C or more and only one translation to 0 ... C - 1 fits: they run from 1 to C; they are multiples of one step of at ' +
      'least 20, to the rounding (0, 128, 255); or there are exactly C of them (0, 1, 2, 4), fractions included (0, 0.5, 1). Below ' +
      'C: a warning from 5 images on, where over half of the ids up to the largest occur in none.',
    why:
      'A loss uses the label as the number of a channel. Codes of a picture or of another program are names, not numbers of channels: ' +
      'those beyond the last channel raise an error or are dropped, the others train the wrong channel, and channels in the gaps ' +
      'never get a positive pixel.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'lut = torch.zeros(256, dtype=torch.long); lut[torch.tensor(codes)] = torch.arange(C); t = lut[t]',
      },
      { framework: 'MONAI', text: "MapLabelValued(keys='label', orig_labels=[...], target_labels=[0, 1, ...])" },
      { framework: 'Keras', text: 'tf.gather(lut, y)' },
      { framework: 'nnU-Net', text: 'labels in dataset.json must be consecutive from 0; convert the files' },
      { framework: 'mmseg', text: 'label_map in the dataset, or reduce_zero_label where 0 is void' },
    ],
    exceptions:
      'An image that happens to lack classes: its labels stay below C, and the rule is silent. A label of C that means "ignore" ' +
      'belongs to undeclared-ignore-label; where it lies like a class, this rule takes it for one.',
    seen: [
      'https://github.com/tensorflow/models/issues/3739',
      'https://github.com/tensorflow/models/issues/3730',
      'https://github.com/czczup/ViT-Adapter/issues/56',
      'https://github.com/ellisdg/3DUnetCNN/pull/310',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaabbbccc\naaabbbccc\naaabbbccc',
      legend: { a: [2.1, -0.4, 0], b: [-1.2, 0.9, 0.1], c: [-0.3, 0.2, 1.8] },
      target: '000ggg222\n000ggg222\n000ggg222',
      labels: { g: 128, 2: 255 },
      repeat: [4, 1],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaabbbccc\naaabbbccc\naaabbbccc',
      legend: { a: [2.1, -0.4, 0], b: [-1.2, 0.9, 0.1], c: [-0.3, 0.2, 1.8] },
      target: '000222222\n000222222\n000222222',
      repeat: [4, 1],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['target'],
  explains: [
    'label-out-of-range',
    'class-never-present',
    'constant-target',
    'interpolated-labels',
    'mixed-encodings',
    'inverted-target',
    'confidently-wrong',
    'negative-by-design',
    '*',
  ],
  needs: {},
  check(_values, subject) {
    const remap = remapOf(subject);
    return remap === null ? sparse(subject) : translated(remap, subject);
  },
});

function translated({ levels, why }: Remap, subject: Subject): Finding {
  const labels = levels.map(([label]) => significant(label));
  const how = {
    'counted from one': 'they are counted from 1',
    multiples: 'they are spread evenly, as grey levels',
    'in order': `there are as many as classes`,
  };
  return {
    message:
      `the labels are ${listed(labels, 8)}; the prediction has ${allowedLabels(subject)} classes, so they must be 0-${allowedLabels(subject) - 1}. ` +
      `${how[why]}: translate them when the mask is loaded`,
    evidence: [
      { label: 'labels', value: listed(labels, 12), limit: `0-${allowedLabels(subject) - 1}` },
      ...levels.slice(0, 12).map(([label, id]) => ({
        label: `label ${significant(label)}`,
        value: `class ${id}, ${share(label, subject)}`,
      })),
    ],
    repair: { repair: 'read-levels', levels },
    strength: why === 'in order' ? 0.91 : 0.94,
  };
}

function share(label: number, { target }: Subject): string {
  const pixels = target.profile.values.get(label) ?? 0;
  return `${count(pixels)} pixels (${percent(pixels / target.profile.size)})`;
}

/** Ids below the number of classes, but few and far between in many images. */
function sparse(subject: Subject): Finding | undefined {
  const { images, kind, target } = subject;
  if (kind !== 'exclusive' || target.profile.channelSums !== null || target.profile.integers < 1) return undefined;
  const labels = classLabels(subject).filter((label) => label >= 0 && label < allowedLabels(subject));
  const high = labels.at(-1) ?? 0;
  if (!(images >= fewImages) || !(labels.length < (high + 1) / 2) || !(labels.length >= 2)) return undefined;
  return {
    severity: 'warning',
    title: 'most ids below the largest label occur nowhere',
    message:
      `the labels of all ${images} masks are ${listed(labels, 8)}: ${high + 1 - labels.length} of the ids up to ${high} occur in none, and their channels ` +
      'never get a pixel. if the ids are codes, translate them to 0, 1, 2, ... and shrink the head',
    evidence: [
      { label: 'labels', value: listed(labels, 12) },
      { label: 'ids that occur, of those up to the largest', value: `${labels.length} of ${high + 1}`, limit: `half` },
      { label: 'masks', value: images, limit: fewImages },
    ],
    strength: 0.5,
  };
}
