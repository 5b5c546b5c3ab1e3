import { type Rule, rule } from '../core/index.ts';
import { classAssignment, classContrast, confusion } from '../measures/index.ts';
import {
  agreementLimit,
  diceLabel,
  gainLimit,
  isSure,
  leavesRoom,
  misplacedConsequences,
  misplacements,
  strengthOf,
} from './_placement.ts';
import { listed, significant } from './_words.ts';

/**
 * Before the first steps a network follows brightness by accident, but its probabilities hardly move. One that is as good as the
 * class frequencies has about 0.1.
 */
const contrastLimit = 0.07;

/** Class ids of the target in another order than the channels of the prediction. */
export const classPermutation: Rule = rule({
  id: 'class-permutation',
  title: 'the class ids of the target are in another order than the channels',
  severity: 'error',
  explain: {
    test:
      "Three classes or more. The target's classes are assigned to the predicted ones so that most pixels agree (optimal assignment " +
      "on the confusion matrix); Cohen's kappa is then at least 0.4 and at least 0.2 higher than now. On real networks healthy runs gain " +
      'at most 0.002 by the best renaming, renamed targets 0.5, and a network 12 steps old reaches 0.2 in all. And the new classes are ' +
      'more probable by 0.07 where their labels are than elsewhere: the decisions of an untrained network may side with brightness, its probabilities hardly do ' +
      '(0.03 and 0.05 for the two of 84 drawn ones that gained at all; of 108 on photographs none did). A real street network has 0.40 to 0.43 under ' +
      'every renaming, 0.10 with its logits divided by four, where it is as good as the class frequencies, and 0.03 divided by ten, where it is worse. ' +
      'At least 100 valid pixels; a warning below 5000, where a region that the network misnames can be most of a crop (crops of 32 and 64 ' +
      'pixels of healthy street networks gained up to 0.5), and below 0.5 (random heads on trained features reached 0.42).',
    why:
      'The table from label to channel is not the one that the network was trained with: another version of the data set, a class ' +
      'removed or added in front, names sorted differently. The network is right and is told that it is wrong.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'table = torch.tensor([...]); target = table[target], once, where the masks are loaded',
      },
      { framework: 'MONAI', text: 'MapLabelValued(keys="label", orig_labels=[...], target_labels=[...])' },
      { framework: 'Keras', text: 'y = tf.gather(table, y) in the map of the masks' },
      { framework: 'mmseg', text: 'label_map and reduce_zero_label of the data set; the order of METAINFO classes' },
    ],
    exceptions:
      'A poor model confuses classes without a pattern and does not reach 0.4. Two classes: see inverted-target. Overlapping classes have ' +
      'no single class per pixel.',
  },
  examples: {
    fires: {
      prediction: 'aaabbbcc\naaabbbcc\naabbbbcc\naabbbccc',
      legend: { a: [2.1, -0.4, -1.0], b: [-1.2, 1.9, 0.1], c: [-0.7, 0.2, 1.6] },
      target: '22200011\n22200011\n22000011\n22000111',
      repeat: [2, 2],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaabbbcc\naaabbbcc\naabbbbcc\naabbbccc',
      legend: { a: [2.1, -0.4, -1.0], b: [-1.2, 1.9, 0.1], c: [-0.7, 0.2, 1.6] },
      target: '00011122\n00011122\n00111122\n00111222',
      repeat: [2, 2],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: [...misplacedConsequences, ...misplacements.filter((id) => id !== 'class-permutation')],
  needs: { confusion, classAssignment, classContrast },
  check(values, subject) {
    const { matrix, truth, valid } = values.confusion;
    if (matrix === null) return { notApplicable: 'the classes overlap' };
    if (subject.rows < 3) return { notApplicable: 'there are only two classes (inverted-target)' };
    if (!leavesRoom(values.confusion, gainLimit) || !(reachable(matrix, truth.length) >= agreementLimit * valid)) {
      return undefined;
    }
    const { classes, now, after } = values.classAssignment;
    if (!(after.kappa >= agreementLimit && after.kappa - now.kappa >= gainLimit)) return undefined;
    const moves = classes.flatMap((own, label) =>
      own === label || !((truth[label] ?? 0) > 0) ? [] : [{ own, label, pixels: truth[label] ?? 0 }],
    );
    const own = contrastOf(moves, values.classContrast, subject.rows);
    if (!(own >= contrastLimit)) return undefined;
    const dice = diceLabel(subject);
    return {
      message:
        `with the classes of the target renamed, kappa goes from ${significant(now.kappa, 3)} to ${significant(after.kappa, 3)}: ` +
        `${listed(moves.map(({ own, label }) => `${label} is predicted as ${own}`))}. map the labels to the channels of the network`,
      evidence: [
        { label: 'kappa after renaming', value: after.kappa, limit: agreementLimit },
        { label: 'kappa now', value: now.kappa, limit: after.kappa - gainLimit },
        { label: 'probability of the new class on its pixels less elsewhere', value: own, limit: contrastLimit },
        { label: `${dice} after renaming`, value: after.dice },
        { label: `${dice} now`, value: now.dice },
        { label: 'table of the labels, from 0', value: `[${classes.join(', ')}]` },
      ],
      ...(isSure(valid, after.kappa) ? {} : { severity: 'warning' as const }),
      repair: { repair: 'relabel-target', placement: { classes } },
      strength: strengthOf(after.kappa),
    };
  },
});

interface Move {
  readonly label: number;
  readonly own: number;
  readonly pixels: number;
}

/** How much more probable the new classes are on the pixels of their labels than on the mean of the other labels, by pixels. */
function contrastOf(moves: readonly Move[], means: Float64Array, rows: number): number {
  const own = moves.map(({ label, own: k, pixels }) => {
    const others = Array.from({ length: rows }, (_, y) => means[y * rows + k] ?? Number.NaN).filter(
      (mean, y) => y !== label && !Number.isNaN(mean),
    );
    const elsewhere = others.reduce((sum, mean) => sum + mean, 0) / others.length;
    return { pixels, gap: (means[label * rows + k] ?? 0) - elsewhere };
  });
  return own.reduce((sum, { pixels, gap }) => sum + pixels * gap, 0) / own.reduce((sum, { pixels }) => sum + pixels, 0);
}

/** Pixels that agree if every label could be renamed to whatever it is mostly predicted as: no assignment has more. */
function reachable(matrix: Float64Array, rows: number): number {
  let pixels = 0;
  for (let y = 0; y < rows; y++) pixels += Math.max(...matrix.subarray(y * rows, (y + 1) * rows));
  return pixels;
}
