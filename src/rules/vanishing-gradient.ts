import { type Evaluation, type Rule, rule, type Subject, viewKey } from '../core/index.ts';
import { type Confusion, confusion, type OverlapSums, overlap } from '../measures/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

const ratioLimit = 1e-3;
const errorLimit = 0.05;
/** A rare class may be missed without many wrong decisions: over half of so many pixels. */
const missLimit = 0.5;
const leastPixels = 100;

/** A loss that passes nothing back although much is wrong. */
export const vanishingGradient: Rule = rule({
  id: 'vanishing-gradient',
  title: 'the loss passes next to no gradient',
  severity: 'warning',
  explain: {
    test:
      'The gradient of the declared loss at the logits has less than a thousandth of the norm that cross-entropy would have on the ' +
      'same logits, while more than 5 % of the decisions are wrong, or more than half of the pixels of a class (of 100 or more) are missed.',
    why:
      'Behind a saturated softmax or sigmoid the slope p (1 - p) is all but 0, for right pixels and for wrong ones. Cross-entropy ' +
      'divides by p and keeps its pull; Dice, MSE and the like do not, and a focal factor can take what is left. The loss then stands still at ' +
      'whatever it is, and no learning rate helps.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'add cross-entropy (BCEWithLogitsLoss); restart from a checkpoint before the logits grew',
      },
      { framework: 'MONAI', text: 'DiceCELoss or DiceFocalLoss instead of DiceLoss; a smaller gamma' },
      {
        framework: 'Keras',
        text: 'from_logits=True with cross-entropy beside Dice; a smaller learning rate or clipnorm',
      },
      { framework: 'nnU-Net', text: 'keep its cross-entropy term; a lower initial_lr' },
    ],
    exceptions: 'A loss that is multiplied by a tiny factor on purpose, which the optimizer may make good.',
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\naaaa',
      legend: { a: [14, -15], b: [-14, 13] },
      target: '0001\n0011\n0111\n0011',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\naaaa',
      legend: { a: [2.4, -1.9], b: [-1.4, 2.3] },
      target: '0001\n0011\n0111\n0011',
      args: ['--loss', 'dice'],
    },
  },
  looksAt: ['pair'],
  explains: ['starved-class', 'confidently-wrong', 'no-better-than-prior', 'miscalibrated'],
  needs: { confusion, overlap },
  check(values, subject, circumstances) {
    const declared = declaredLosses(circumstances);
    if (declared.length === 0) return { notApplicable: 'no loss was declared (--loss)' };
    if (subject.prediction.activation !== 'logits') return { notApplicable: 'the file holds no logits' };
    const wrong = errorRate(values.confusion, subject);
    const missed = largestMiss(values.confusion);
    if (!(wrong > errorLimit || missed > missLimit)) return undefined;
    const reference = crossEntropyGradient(values.overlap, subject);
    const loss = declared
      .filter(isFedProperly)
      .find(({ gradient }) => (gradient?.l2 ?? Infinity) < ratioLimit * reference);
    if (loss?.gradient == null) return undefined;
    const { l2, vanishing } = loss.gradient;
    return {
      message:
        `the gradient of ${loss.spec.text} at the logits has the norm ${significant(l2, 3)}, ${significant(l2 / reference, 2)} of that of ` +
        `cross-entropy (${significant(reference, 3)}), while ${percent(wrong)} of the decisions are wrong${wrong > errorLimit ? '' : `, and ${percent(missed)} of the pixels of a class missed`}. below 1/1000 nothing is ` +
        'learned: add cross-entropy, and go back to before the logits grew.',
      evidence: [
        { label: `gradient norm of ${loss.spec.text}`, value: l2, limit: ratioLimit * reference },
        { label: 'gradient norm of cross-entropy', value: reference },
        { label: 'pixels whose gradient is below 1e-6', value: 100 * vanishing, unit: '%' },
        { label: 'wrong decisions', value: 100 * wrong, unit: '%', limit: 100 * errorLimit },
        { label: 'largest share of a class that is missed', value: 100 * missed, unit: '%', limit: 100 * missLimit },
      ],
      strength: 0.6,
    };
  },
});

function isFedProperly({ wired, proper }: Evaluation): boolean {
  return viewKey(wired) === viewKey(proper);
}

/** Share of the decisions (of the elements, where classes overlap) that are wrong. */
function errorRate({ truth, predicted, agreed, valid, matrix }: Confusion, { rows }: Subject): number {
  const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  if (matrix !== null) return (valid - sum(agreed)) / valid;
  return (sum(truth) + sum(predicted) - 2 * sum(agreed)) / (valid * rows);
}

/** The largest share of the pixels of a class that other decisions have. */
function largestMiss({ truth, agreed }: Confusion): number {
  return Math.max(0, ...[...truth].map((n, row) => (n >= leastPixels ? 1 - (agreed[row] ?? 0) / n : 0)));
}

/** Norm of the gradient of the mean cross-entropy at the logits, whose elements are (p - g) over the number of terms. */
function crossEntropyGradient({ errorIn, errorOut, valid, channels }: OverlapSums, { kind }: Subject): number {
  const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  const terms = sum(valid) * (kind === 'multilabel' ? channels : 1);
  return Math.sqrt(sum(errorIn) + sum(errorOut)) / terms;
}
