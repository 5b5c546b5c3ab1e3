import { type Rule, rule } from '../core/index.ts';
import { classAssignment, confusion } from '../measures/index.ts';
import {
  agreementLimit,
  diceLabel,
  gainLimit,
  leavesRoom,
  misplacedConsequences,
  misplacements,
  strengthOf,
} from './_placement.ts';
import { listed, significant } from './_words.ts';

/** Class ids of the target in another order than the channels of the prediction. */
export const classPermutation: Rule = rule({
  id: 'class-permutation',
  title: 'the class ids of the target are in another order than the channels',
  severity: 'error',
  explain: {
    test:
      "Three classes or more. The target's classes are assigned to the predicted ones so that most pixels agree (optimal assignment " +
      "on the confusion matrix); Cohen's kappa is then at least 0.4 and at least 0.2 higher than now. On real networks healthy runs gain " +
      'at most 0.002 by the best renaming, renamed targets 0.5, and a network 12 steps old reaches 0.2 in all. At least 100 valid pixels.',
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
  needs: { confusion, classAssignment },
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
    const dice = diceLabel(subject);
    return {
      message:
        `with the classes of the target renamed, kappa goes from ${significant(now.kappa, 3)} to ${significant(after.kappa, 3)}: ` +
        `${listed(moves.map(({ own, label }) => `${label} is predicted as ${own}`))}. map the labels to the channels of the network`,
      evidence: [
        { label: 'kappa after renaming', value: after.kappa, limit: agreementLimit },
        { label: 'kappa now', value: now.kappa, limit: after.kappa - gainLimit },
        { label: `${dice} after renaming`, value: after.dice },
        { label: `${dice} now`, value: now.dice },
        { label: 'table of the labels, from 0', value: `[${classes.join(', ')}]` },
      ],
      repair: { repair: 'relabel-target', placement: { classes } },
      strength: strengthOf(after.kappa),
    };
  },
});

/** Pixels that agree if every label could be renamed to whatever it is mostly predicted as: no assignment has more. */
function reachable(matrix: Float64Array, rows: number): number {
  let pixels = 0;
  for (let y = 0; y < rows; y++) pixels += Math.max(...matrix.subarray(y * rows, (y + 1) * rows));
  return pixels;
}
