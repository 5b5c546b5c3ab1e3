import { type Rule, rule, type Subject } from '../core/index.ts';
import { targetIslands } from '../measures/index.ts';
import { allowedLabels, validValues } from './_target-values.ts';
import { percent, plural } from './_words.ts';

/** More ids than this, and than classes. */
const fewIds = 32;
/** An instance is one piece; a semantic class comes in many. */
const singleLimit = 0.8;

/** Numbers of objects where classes are wanted. */
export const instanceIds: Rule = rule({
  id: 'instance-ids',
  title: 'the labels number objects, not classes',
  severity: 'warning',
  explain: {
    test:
      'There are more than 32 and more than C distinct labels, whole numbers that use at least half of their range, and at least 80 % of those above 0 are one connected ' +
      'piece in each image: an object is one piece, a class recurs.',
    why:
      'Instance maps give each object a number of its own: cell 17 is cell 17, not class 17. As classes these numbers are beyond the ' +
      'last channel, or make every object another class that no network can learn.',
    fix: [
      { framework: 'PyTorch', text: 't = (t > 0).long(), or look the class of each instance up' },
      { framework: 'MONAI', text: "Lambdad(keys='label', func=lambda x: x > 0)" },
      { framework: 'Keras', text: 'tf.cast(y > 0, tf.int32)' },
      { framework: 'nnU-Net', text: 'convert instances to a semantic (or border and core) label map first' },
    ],
    exceptions: 'A panoptic head that is meant to predict instances does not use these losses on the raw map.',
    seen: ['https://github.com/MIC-DKFZ/nnUNet/issues/2034'],
  },
  examples: {
    fires: {
      prediction: 'abababababababababababababababababababababababababababababababababababab',
      legend: { a: [1.4], b: [-1.2] },
      target: 'A0B0C0D0E0F0G0H0I0J0K0L0M0N0O0P0Q0R0S0T0U0V0W0X0Y0Z0c0d0e0f0g0h0i0j0k0l0',
      labels: Object.fromEntries([...'ABCDEFGHIJKLMNOPQRSTUVWXYZcdefghijkl'].map((mark, at) => [mark, at + 1])),
      repeat: [4, 1],
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'abababababababababababababababababababababababababababababababababababab',
      legend: { a: [1.4], b: [-1.2] },
      target: '101010101010101010101010101010101010101010101010101010101010101010101010',
      repeat: [4, 1],
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: [
    'label-out-of-range',
    'undeclared-ignore-label',
    'class-never-present',
    'negative-by-design',
    'confidently-wrong',
    'interpolated-labels',
    '*',
  ],
  needs: { islands: targetIslands },
  check(values, subject) {
    const ids = validValues(subject)
      .map(([value]) => value)
      .filter((value) => value > 0);
    if (!isNumbered(ids, subject)) return undefined;
    const pieces = values.islands.flatMap((image) => ids.flatMap((id) => image.get(id) ?? []));
    const single = pieces.filter((n) => n === 1).length / pieces.length;
    if (!(single >= singleLimit)) return undefined;
    const two = allowedLabels(subject) === 2;
    return {
      message:
        `the target has ${ids.length} labels above 0, and ${percent(single)} of them are one connected piece: they number objects. ` +
        `the prediction has ${allowedLabels(subject)} classes; ${two ? 'read everything above 0 as 1' : 'look up the class of each object'}`,
      evidence: [
        { label: 'labels above 0', value: ids.length, limit: Math.max(fewIds, allowedLabels(subject)) },
        { label: 'labels of one connected piece', value: 100 * single, unit: '%', limit: 100 * singleLimit },
        { label: 'pieces per label', value: pieces.reduce((a, b) => a + b, 0) / pieces.length },
        { label: 'looked at', value: plural(subject.images, 'image') },
      ],
      ...(two
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
      strength: 0.9,
    };
  },
});

function isNumbered(ids: readonly number[], subject: Subject): boolean {
  const { channelSums, integers } = subject.target.profile;
  if (channelSums !== null || integers < 1 || subject.target.scale !== 1) return false;
  const range = (ids.at(-1) ?? 0) - (ids[0] ?? 0) + 1;
  // A crop loses some of the objects; codes and distances leave most numbers out.
  return ids.length > Math.max(fewIds, allowedLabels(subject)) && ids.length >= range / 2;
}
