import { type Evidence, type Rule, rule } from '../core/index.ts';
import { cells, overlap } from '../measures/index.ts';
import { noOverlapLoss, overlapParts, type Part, pooling } from './_parts.ts';
import { listed, percent, plural, significant } from './_words.ts';

const changeLimit = 0.05;

/** Ways to give a class without pixels a Dice. */
const conventions: readonly { readonly words: string; readonly options: Readonly<Record<string, unknown>> }[] = [
  { words: 'no smoothing (0 / 0 where nothing is predicted)', options: { smooth: 0 } },
  { words: 'smoothing below the line only', options: { smooth: null, 'smooth-nr': 0, 'smooth-dr': 1e-5 } },
  { words: 'the same smoothing above and below', options: { smooth: 1e-5 } },
  { words: 'counted as 0', options: { absent: 'zero' } },
];

/** Classes that the target lacks decide the Dice loss. */
export const emptyClassDice: Rule = rule({
  id: 'empty-class-dice',
  title: 'classes that are not there make up much of the Dice loss',
  severity: 'warning',
  explain: {
    test:
      'Some score of the declared Dice loss (or relative) is of a class without a pixel in the target, and leaving these scores out ' +
      'changes the loss by 0.05 or more. An error when they make the loss NaN.',
    why:
      'Dice of nothing is 0 / 0, and what comes out is a convention: NaN without smoothing, the full loss of 1 with smoothing below ' +
      'the line only, close to 1 with smoothing on both sides as soon as the faintest probability is predicted. A batch of patches ' +
      'without objects then looks like total failure, and no training brings it down to 0.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'average over the classes that are present: loss[target_sum > 0].mean(), or sums over the batch',
      },
      { framework: 'SMP', text: 'DiceLoss leaves absent classes at 0 by itself; do not undo it in a copy' },
      { framework: 'MONAI', text: 'batch=True; smooth_nr equal to smooth_dr; DiceMetric(ignore_empty=True)' },
      { framework: 'nnU-Net', text: 'batch_dice=True; the cross-entropy beside it covers empty patches' },
      {
        framework: 'Keras',
        text: 'its Dice has an epsilon below the line only: mask empty classes, or add it above as well',
      },
    ],
    exceptions:
      'Punishing false alarms in empty images on purpose: then keep cross-entropy beside Dice, whose slope is flat there.',
    seen: [
      'https://github.com/open-mmlab/mmocr/pull/408',
      'https://github.com/nasa/delta/pull/115',
      'https://github.com/ultralytics/ultralytics/pull/490',
      'https://github.com/aim-uofa/AdelaiDet/issues/610',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [2.4, -1.2, -2.5], b: [-1.1, 1.9, -2.4] },
      target: '0001\n0011\n0111\n0111',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\nabbc',
      legend: { a: [2.4, -1.2, -2.5], b: [-1.1, 1.9, -2.4], c: [-1.4, 0.2, 1.9] },
      target: '0001\n0011\n0111\n0112',
      args: ['--loss', 'dice'],
    },
  },
  looksAt: ['pair'],
  explains: ['smooth-dominates', 'batch-vs-sample-dice', 'plateau-value'],
  needs: { sums: overlap },
  check({ sums }, subject, circumstances) {
    const parts = overlapParts(circumstances);
    if (parts.length === 0) return noOverlapLoss;
    for (const part of parts) {
      const { batch, background } = pooling(part);
      const all = cells(sums, batch, background);
      const empty = all.filter((cell) => cell.sum(sums.g) === 0);
      if (empty.length === 0 || part.spec.options.absent !== 'keep') continue;
      // Where every class is absent there is nothing to average over; the loss can only be left at 0.
      const absent = empty.length === all.length ? 'zero' : 'skip';
      const after = circumstances.retake(part, { absent });
      const undefinedNow = Number.isNaN(part.value) && Number.isFinite(after);
      if (!undefinedNow && !(Math.abs(part.value - after) >= changeLimit)) continue;
      const rows = [...new Set(empty.map(({ channel }) => (subject.kind === 'binary' ? 1 : channel)))];
      const per = batch ? '' : ' (one per image and class)';
      return {
        ...(undefinedNow ? { severity: 'error', title: 'a class that is not there makes the Dice loss NaN' } : {}),
        message:
          `${empty.length} of ${plural(all.length, 'score')}${per} are of classes without a pixel in the target (class ` +
          `${listed(rows)}); with them ${part.spec.text} is ${significant(part.value)}, without ${significant(after)}. average over ` +
          'the classes that are there, or pool over the batch.',
        evidence: [
          {
            label: 'scores of absent classes',
            value: `${empty.length} of ${all.length} (${percent(empty.length / all.length)})`,
          },
          { label: 'loss with them', value: part.value },
          { label: 'loss without them', value: after, limit: `within ${changeLimit}` },
          ...others(part, (options) => circumstances.retake(part, options)),
        ],
        effect: { what: `absent=${absent}`, loss: part.spec.text, before: part.value, after },
        strength: undefinedNow ? 0.9 : 0.65,
      };
    }
    return undefined;
  },
});

/** The loss under every convention, and pooled over the batch. */
function others(part: Part, retake: (options: Readonly<Record<string, unknown>>) => number): Evidence[] {
  const ways = part.spec.options.batch === true ? [] : [{ words: 'pooled over the batch', options: { batch: true } }];
  return [...conventions, ...ways].map(({ words, options }) => ({ label: words, value: retake(options) }));
}
