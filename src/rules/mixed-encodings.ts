import { type Rule, rule, type Subject } from '../core/index.ts';
import { imageValues } from '../measures/index.ts';
import { allowedLabels, validValues, voidNearEdges } from './_target-values.ts';
import { listed, significant } from './_words.ts';

/** Masks of one file that mean the same by different numbers. */
export const mixedEncodings: Rule = rule({
  id: 'mixed-encodings',
  title: 'the masks do not all use the same numbers',
  severity: 'error',
  explain: {
    test:
      'Some masks of the file hold labels of the classes and nothing above, others hold nothing but 0 and numbers that no class has (0 and 1 ' +
      'here, 0 and 255 there). Masks of 0 only count for neither, and void along outlines for nothing.',
    why:
      'No single factor serves both: divided by 255, the masks of 0 and 1 become all but empty; as they are, those of 0 and 255 are beyond ' +
      'the classes. The loss then jumps from batch to batch for no visible reason.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'bring all masks to ids in one converter; mask = (mask > 0).long() for two classes',
      },
      { framework: 'MONAI', text: "AsDiscreted(keys='label', threshold=0.5), or a Lambdad, before batching" },
      { framework: 'Keras', text: 'tf.cast(mask > 0, tf.int32) for two classes, in the map() that loads the mask' },
    ],
    exceptions:
      'It compares the masks of one file: a file with one mask has nothing to compare, and different files, data types or picture modes are not ' +
      'looked at yet.',
  },
  examples: {
    fires: {
      prediction: 'aaaaaaaaaaaaaaaaaabbbbbb\n'.repeat(36).trim(),
      legend: { a: [2.1], b: [-1.8] },
      target: `${'111111111111111111000000\n'.repeat(18)}${'wwwwwwwwwwwwwwwwww000000\n'.repeat(18)}`.trim(),
      labels: { w: 255 },
      images: 2,
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aaaaaaaaaaaaaaaaaabbbbbb\n'.repeat(36).trim(),
      legend: { a: [2.1], b: [-1.8] },
      target: `${'111111111111111111000000\n'.repeat(18)}${'111111111111000000000000\n'.repeat(18)}`.trim(),
      images: 2,
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: [
    'label-out-of-range',
    'undeclared-ignore-label',
    'label-gap',
    'confidently-wrong',
    'constant-target',
    'negative-by-design',
    'unreduced-sum',
    'class-imbalance',
    '*',
  ],
  needs: { images: imageValues },
  check(values, subject) {
    if (subject.images < 2) return { notApplicable: 'one mask has nothing to differ from' };
    if (!hasBoth(subject)) return undefined;
    const classes = allowedLabels(subject);
    const void_ = [...subject.target.profile.nearEdges]
      .filter(([, near]) => near >= voidNearEdges)
      .map(([label]) => label);
    const groups = values.images.map((all) => {
      const marked = all.filter((value) => value !== 0 && !subject.ignore.includes(value) && !void_.includes(value));
      if (marked.length === 0) return 'empty';
      if (marked.every((value) => value > 0 && value < classes)) return 'classes';
      return marked.every((value) => value >= classes) ? 'beyond' : 'both';
    });
    const count = (group: string): number => groups.filter((it) => it === group).length;
    if (count('classes') === 0 || count('beyond') === 0 || count('both') > 0) return undefined;
    const shown = (group: string): string => {
      const held = new Set(values.images.flatMap((all, image) => (groups[image] === group ? all : [])));
      return listed([...held].sort((a, b) => a - b).map((value) => significant(value)));
    };
    return {
      message:
        `${count('classes')} of the ${subject.images} masks hold ${shown('classes')}, ${count('beyond')} hold ${shown('beyond')}; one file needs one code. ` +
        'bring all of them to class ids before they are batched',
      evidence: [
        { label: `masks with labels 0-${classes - 1}`, value: count('classes') },
        { label: 'masks with other labels', value: count('beyond'), limit: 0 },
        { label: 'masks of 0 only', value: count('empty') },
      ],
      ...(classes === 2
        ? {
            repair: {
              repair: 'read-levels',
              levels: [
                [0, 0],
                [1, 1],
              ] as const,
            },
          }
        : {}),
      strength: 0.96,
    };
  },
});

/** Whether labels of the classes and labels beyond them occur at all, in a target of one channel. */
function hasBoth(subject: Subject): boolean {
  const { channelSums, integers } = subject.target.profile;
  const labels = validValues(subject).map(([value]) => value);
  const classes = allowedLabels(subject);
  if (channelSums !== null || integers < 1 || subject.target.scale !== 1) return false;
  return labels.some((value) => value > 0 && value < classes) && labels.some((value) => value >= classes);
}
