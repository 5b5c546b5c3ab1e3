import { type Rule, rule } from '../core/index.ts';
import { type Cell, cells, type OverlapSums, overlap } from '../measures/index.ts';
import { className } from './_classes.ts';
import { noOverlapLoss, overlapParts, pooling } from './_parts.ts';
import { reportedNumber } from './_reported.ts';
import { count } from './_words.ts';

/** The largest float16. A plane of 256 x 256 ones is above it. */
const largestHalf = 65_504;

/** Sums over the pixels that float16 cannot hold. */
export const halfPrecisionOverflow: Rule = rule({
  id: 'half-precision-overflow',
  title: 'a sum of the Dice loss is beyond float16',
  severity: 'note',
  explain: {
    test:
      'The prediction is stored as float16 and some sum of the declared Dice loss (sum p, sum g, their total, twice the overlap) is ' +
      'above 65,504, the largest float16. An error, whatever the file holds, where NaN or infinity was reported, the loss of these ' +
      'arrays is finite, and such a sum is there.',
    why:
      'A Dice loss adds up all pixels of a class. In half precision a sum above 65,504 is infinite, and infinity over infinity is ' +
      'NaN: one large object, or simply the background of a 256 x 256 image, is enough.',
    fix: [
      { framework: 'PyTorch', text: 'loss in float32: logits.float() outside of autocast; bfloat16 does not overflow' },
      { framework: 'MONAI', text: 'DiceLoss on pred.float(), with autocast switched off around it' },
      { framework: 'SMP', text: 'the same; its DiceLoss adds up the whole batch' },
      { framework: 'Keras', text: 'dtype="float32" in the last activation under mixed_precision' },
    ],
    exceptions: 'A float16 file of a loss that is taken in float32, as it should be: hence a note only.',
    seen: [
      'https://github.com/qubvel-org/segmentation_models.pytorch/issues/463',
      'https://github.com/ultralytics/ultralytics/pull/24554',
      'https://github.com/ultralytics/ultralytics/issues/1615',
    ],
  },
  examples: {
    fires: {
      prediction: `${'a'.repeat(8)}\n`.repeat(7) + 'b'.repeat(8),
      legend: { a: [3], b: [-3] },
      target: `${'1'.repeat(8)}\n`.repeat(7) + '0'.repeat(8),
      repeat: [32, 32],
      dtype: 'float16',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: `${'a'.repeat(8)}\n`.repeat(7) + 'b'.repeat(8),
      legend: { a: [3], b: [-3] },
      target: `${'1'.repeat(8)}\n`.repeat(7) + '0'.repeat(8),
      repeat: [20, 20],
      dtype: 'float16',
      args: ['--loss', 'dice'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { sums: overlap },
  check({ sums }, subject, circumstances) {
    const parts = overlapParts(circumstances);
    if (parts.length === 0) return noOverlapLoss;
    const half = subject.prediction.dtype === 'float16';
    const reported = reportedNumber(circumstances);
    const broken = reported !== null && !Number.isFinite(reported.value);
    if (!half && !broken) return { notApplicable: 'neither the file nor a reported NaN speaks of half precision' };
    for (const part of parts) {
      const { batch, background } = pooling(part);
      const [worst] = cells(sums, batch, background)
        .map((cell) => ({ cell, ...largestSum(cell, sums) }))
        .sort((a, b) => b.value - a.value);
      if (worst === undefined || !(worst.value > largestHalf)) continue;
      const explainsIt = broken && Number.isFinite(part.whole.value);
      if (!explainsIt && !half) continue;
      const row = subject.kind === 'binary' ? 1 : worst.cell.channel;
      return {
        ...(explainsIt ? { severity: 'error', title: 'a sum of the Dice loss overflows in float16' } : {}),
        message:
          `${worst.name} of class ${className(subject, row)} is ${count(Math.round(worst.value))}; float16 ends at ` +
          `${count(largestHalf)}, above which it is infinite and the Dice loss NaN. take the loss in float32.`,
        evidence: [
          { label: `${worst.name}, largest`, value: worst.value, limit: largestHalf },
          { label: 'prediction stored as', value: subject.prediction.dtype },
          ...(reported === null ? [] : [{ label: 'reported', value: reported.value }]),
        ],
        ...(explainsIt
          ? {
              effect: {
                what: 'sums in float32',
                loss: part.whole.spec.text,
                before: reported.value,
                after: part.whole.value,
              },
            }
          : {}),
        strength: explainsIt ? 0.8 : 0.3,
      };
    }
    return undefined;
  },
});

function largestSum(cell: Cell, { p, g, pg }: OverlapSums): { name: string; value: number } {
  const total = cell.sum(p) + cell.sum(g);
  const twice = 2 * cell.sum(pg);
  return total >= twice ? { name: 'sum p + sum g', value: total } : { name: '2 sum p g', value: twice };
}
