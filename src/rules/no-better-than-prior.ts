import { type Circumstances, type Rule, rule, type Subject } from '../core/index.ts';
import { confusion, kappa, type LikelihoodSums, likelihood } from '../measures/index.ts';
import { significant } from './_words.ts';

/** Share of the prior's entropy that has to be gained. */
const skillLimit = 0.02;
const pixelLimit = 1e4;
/** Decisions that agree so well come from a network that sees the image, however unwise its confidence is. */
const seeingKappa = 0.4;

/** A loss that knowing the class frequencies alone would reach. */
export const noBetterThanPrior: Rule = rule({
  id: 'no-better-than-prior',
  title: 'the prediction is no better than the class frequencies',
  severity: 'warning',
  explain: {
    test:
      'The cross-entropy of the prediction, fed as it should be, is at least 98 % of the entropy of the class frequencies, on 10,000 ' +
      'valid pixels or more, and the output is not constant. A note when the decisions are good all the same (kappa of 0.4 or more): ' +
      'then it is overconfidence that costs.',
    why:
      'Class frequencies are what a network learns first: a bias per class does it, without a look at the image. A loss that sits at ' +
      'their entropy may be early, or the features may not reach the head. It says nothing against the wiring.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'overfit one batch first; if that fails, check inputs, learning rate and that gradients reach the encoder',
      },
      { framework: 'MONAI', text: 'the same; look at a transformed image and its label side by side' },
      {
        framework: 'Keras',
        text: 'the same; check that the encoder is trainable, and the input scaling of the backbone',
      },
    ],
    exceptions: 'Early training. Soft targets, whose own entropy no prediction gets below.',
  },
  examples: {
    fires: {
      prediction: 'aaab\nbaaa\naaba\nabaa',
      legend: { a: [0.1, -0.1], b: [-0.05, 0.05] },
      target: '0001\n0011\n0111\n0111',
      repeat: [25, 25],
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [0.9, -0.4], b: [-0.6, 0.5] },
      target: '0001\n0011\n0111\n0111',
      repeat: [25, 25],
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: ['miscalibrated', 'tiny-foreground'],
  needs: { likelihood: likelihood({ id: 'log' }), confusion },
  check(values, subject, circumstances) {
    const level = levels(subject, circumstances, values.likelihood);
    if (level === null) return { notApplicable: 'labels may overlap, and no plain binary cross-entropy was taken' };
    const { loss, prior, uniform } = level;
    const { valid, matrix } = values.confusion;
    const skill = 1 - loss / prior;
    if (!(values.likelihood.valid >= pixelLimit && prior > 0)) return undefined;
    if (!(skill <= skillLimit) || isConstant(subject)) return undefined;
    const agreement = matrix === null ? Number.NaN : kappa(matrix, subject.rows);
    const sees = agreement >= seeingKappa;
    const worse = loss > prior * (1 + skillLimit);
    return {
      severity: sees ? 'note' : 'warning',
      message:
        `cross-entropy is ${significant(loss)}; predicting the class frequencies everywhere costs ${significant(prior)}` +
        `${worse ? ', which is less' : ''}. ` +
        (sees
          ? `the decisions are good (kappa ${significant(agreement, 2)}), so it is overconfidence that costs`
          : 'if training has just begun, go on; if not, overfit a single batch to see whether the image reaches the head'),
      evidence: [
        { label: 'cross-entropy', value: loss, limit: (1 - skillLimit) * prior },
        { label: 'entropy of the class frequencies', value: prior },
        { label: 'uniform guess', value: uniform },
        { label: 'skill (1 - cross-entropy / entropy)', value: skill, limit: skillLimit },
        ...(Number.isFinite(agreement)
          ? [{ label: 'kappa of the decisions', value: agreement, limit: seeingKappa }]
          : []),
        { label: 'valid pixels', value: matrix === null ? values.likelihood.valid : valid, limit: pixelLimit },
      ],
      strength: 0.5,
    };
  },
});

interface Levels {
  readonly loss: number;
  readonly prior: number;
  readonly uniform: number;
}

/** Mean cross-entropy as it should be taken, and what the class frequencies and a uniform guess score; null where there is none. */
function levels(subject: Subject, { losses }: Circumstances, sums: LikelihoodSums): Levels | null {
  if (subject.kind === 'multilabel') {
    const plain = losses.find(({ spec }) => spec.loss.id === 'bce-logits' || spec.loss.id === 'bce');
    return plain === undefined ? null : { loss: plain.properValue.value, prior: plain.prior, uniform: plain.uniform };
  }
  const total = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
  const prior = sums.weight.reduce((h, n) => h - (n > 0 ? (n / sums.valid) * Math.log(n / sums.valid) : 0), 0);
  return { loss: total(sums.byRow) / sums.valid, prior, uniform: Math.log(subject.rows) };
}

/** The same answer everywhere, which the rule constant-output names. */
function isConstant({ prediction }: Subject): boolean {
  const { deviation, means } = prediction.profile;
  return deviation.every((spread, cell) => spread < 1e-3 * Math.max(1, Math.abs(means[cell] ?? 0)));
}
