import { type Rule, rule } from '../core/index.ts';
import { cells, type OverlapSums, overlap } from '../measures/index.ts';
import { className } from './_classes.ts';
import { asIndex, noOverlapLoss, overlapParts, pooling } from './_parts.ts';
import { explanation } from './_reported.ts';
import { significant } from './_words.ts';

const gapLimit = 0.2;
const classesShown = 6;

/** A background that is always right hides what the classes score. */
export const backgroundInflatesDice: Rule = rule({
  id: 'background-inflates-dice',
  title: 'the background makes the Dice loss look good',
  severity: 'warning',
  explain: {
    test:
      'The declared Dice loss (or relative) is lower by 0.2 or more than the same loss without channel 0, classes that the target ' +
      'lacks left out. Also where the reported value is one ratio over all classes, lower than their mean by as much.',
    why:
      'Nearly every pixel of most data sets is background, and its Dice is near 1 for a network that has learned nothing else. In ' +
      'the mean over the classes it covers up for the others: with two classes, a foreground Dice of 0.3 becomes a mean of 0.64.',
    fix: [
      { framework: 'PyTorch', text: 'slice channel 0 off prediction and one-hot target before the sums' },
      { framework: 'SMP', text: 'DiceLoss(classes=[1, 2, ...])' },
      { framework: 'MONAI', text: 'include_background=False in DiceLoss and DiceMetric' },
      { framework: 'nnU-Net', text: 'do_bg=False (its default)' },
      { framework: 'Keras', text: 'y_true[..., 1:] and y_pred[..., 1:]' },
    ],
    exceptions: 'Class 0 is a class like any other, as in street scenes.',
    seen: ['https://github.com/jakeret/tf_unet/issues/243', 'https://github.com/NifTK/NiftyNet/issues/208'],
  },
  examples: {
    fires: {
      prediction: 'aaaaaa\naaaaaa\naaabaa\naaaaaa\naaaaaa',
      legend: { a: [3, -3], b: [0.6, -0.6] },
      target: '000000\n000000\n000110\n000000\n000000',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'aaaaaa\naaaaaa\naaabaa\naaaaaa\naaaaaa',
      legend: { a: [3, -3], b: [0.6, -0.6] },
      target: '000000\n000000\n000110\n000000\n000000',
      args: ['--loss', 'dice:background=false'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { sums: overlap },
  check({ sums }, subject, circumstances) {
    if (subject.channels === 1) return { notApplicable: 'the prediction has no background channel' };
    const parts = overlapParts(circumstances);
    if (parts.length === 0) return noOverlapLoss;
    const pooled = explanation(circumstances, ['dice-pooled']);
    for (const part of parts) {
      const plain = { ...asIndex, absent: 'skip' };
      const whole = circumstances.retake(part, plain);
      const foreground = circumstances.retake(part, { ...plain, background: false });
      const seen = pooled === null ? whole : pooled.value;
      const gap = pooled === null ? foreground - seen : whole - seen;
      if (!(pooling(part).background && gap >= gapLimit)) continue;
      return {
        message:
          `${part.spec.loss.id} is ${significant(seen)} ${pooled === null ? 'with channel 0' : 'as one ratio over all classes'} and ` +
          `${significant(foreground)} without it. judge and train on the other classes, and let cross-entropy take care of the ` +
          'background.',
        evidence: [
          { label: 'gap between the two', value: gap, limit: gapLimit },
          ...perClass(sums).map(({ row, dice }) => ({
            label: `soft Dice of class ${className(subject, row)}`,
            value: dice,
          })),
        ],
        effect: {
          what: 'background=false',
          loss: part.spec.text,
          before: part.value,
          after: circumstances.retake(part, { background: false }),
        },
        strength: 0.4,
      };
    }
    return undefined;
  },
});

/** Soft Dice over the batch of the classes that are there, the worst after the background. */
function perClass(sums: OverlapSums): { row: number; dice: number }[] {
  const all = cells(sums, true, true)
    .filter((cell) => cell.sum(sums.g) > 0)
    .map((cell) => ({
      row: cell.channel,
      dice: (2 * cell.sum(sums.pg)) / (cell.sum(sums.p) + cell.sum(sums.g)),
    }));
  const worst = all.filter(({ row }) => row > 0).sort((a, b) => a.dice - b.dice);
  return [...all.filter(({ row }) => row === 0), ...worst.slice(0, classesShown)];
}
