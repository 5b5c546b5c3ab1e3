import { type Rule, rule } from '../core/index.ts';
import { cells, overlap } from '../measures/index.ts';
import { className } from './_classes.ts';
import { noOverlapLoss, overlapParts, pooling, smoothing } from './_parts.ts';
import { listed, percent, significant } from './_words.ts';

const shareLimit = 0.05;
/** Small enough to be nothing beside an object of one pixel. */
const harmless = 1e-5;

/** A smoothing constant of the size of the object. */
export const smoothDominates: Rule = rule({
  id: 'smooth-dominates',
  title: 'the smoothing constant is as large as the object',
  severity: 'warning',
  explain: {
    test:
      'In a score of the declared Dice loss (or relative) whose class is there, the constant added above or below the line is 5 % ' +
      'or more of sum p + sum g. At 5 % it shifts the score by up to 0.05.',
    why:
      'The constant is there to keep 0 / 0 away. Added above and below the line it counts as so many pixels that are right: with 1, ' +
      'an object of ten pixels that is missed altogether still scores 0.09, and one of a single pixel 0.5. Added below only, even a ' +
      'perfect prediction of a small object costs something. Either way the gradient of small objects shrinks.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'smooth of about 1e-5 of the pixels in sums over pixels; 1 only where sums are of thousands',
      },
      { framework: 'SMP', text: 'DiceLoss(smooth=0.0, eps=1e-7); its own smooth counts double' },
      {
        framework: 'MONAI',
        text: 'smooth_nr=1e-5, smooth_dr=1e-5 (the default), or batch=True, which makes sums larger',
      },
      { framework: 'Keras', text: 'an epsilon well below the area of the smallest object, such as 1e-5' },
      { framework: 'nnU-Net', text: 'smooth=1e-5 in its Dice; batch_dice=True makes sums larger' },
    ],
    exceptions: 'A large constant on purpose, to care less about tiny objects: then the number is no Dice any more.',
    seen: [
      'https://github.com/qubvel-org/segmentation_models.pytorch/issues/497',
      'https://github.com/qubvel-org/segmentation_models.pytorch/issues/456',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaaaaa\naaabaa\naaaaaa',
      legend: { a: [-6], b: [0.4] },
      target: '000000\n000110\n000000',
      args: ['--loss', 'dice:smooth=1'],
    },
    clear: {
      prediction: 'aaaaaa\naaabaa\naaaaaa',
      legend: { a: [-6], b: [0.4] },
      target: '000000\n000110\n000000',
      args: ['--loss', 'dice:smooth=0.0001'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { sums: overlap },
  check({ sums }, subject, circumstances) {
    const parts = overlapParts(circumstances);
    if (parts.length === 0) return noOverlapLoss;
    for (const part of parts) {
      const { above, below } = smoothing(part);
      const { batch, background } = pooling(part);
      const scores = cells(sums, batch, background).flatMap((cell) => {
        const truth = cell.sum(sums.g);
        const share = Math.max(above, below) / (cell.sum(sums.p) + truth);
        return truth > 0 && share >= shareLimit ? [{ cell, truth, share }] : [];
      });
      const [worst] = scores.sort((a, b) => b.share - a.share);
      if (worst === undefined) continue;
      const row = subject.kind === 'binary' ? 1 : worst.cell.channel;
      const where = batch || subject.images === 1 ? '' : ` in image ${worst.cell.images[0]}`;
      const after = circumstances.retake(part, { smooth: harmless });
      return {
        message:
          `the smoothing constant ${significant(Math.max(above, below))} is ${percent(worst.share)} of sum p + sum g for class ` +
          `${className(subject, row)}${where}, which has ${significant(worst.truth)} pixels; below 5 % it does no harm. take ` +
          `${harmless}, or pool over the batch.`,
        evidence: [
          {
            label: 'constant / (sum p + sum g), worst',
            value: 100 * worst.share,
            unit: '%',
            limit: 100 * shareLimit,
          },
          { label: 'scores above the limit', value: `${scores.length} of ${cells(sums, batch, background).length}` },
          {
            label: 'their classes',
            value: listed([...new Set(scores.map(({ cell }) => cell.channel))].sort((a, b) => a - b)),
          },
          ...[1, harmless, 0].map((smooth) => ({
            label: `${part.spec.loss.id} with smooth=${smooth}`,
            value: circumstances.retake(part, { smooth }),
          })),
        ],
        effect: { what: `smooth=${harmless}`, loss: part.spec.text, before: part.value, after },
        strength: 0.65,
      };
    }
    return undefined;
  },
});
