import { type DType, type Evaluation, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { rareLikelihood, type SurpriseTail, surpriseTail } from '../measures/index.ts';
import { declaredLosses, takesLogarithms } from './_declared.ts';
import { isSteep, steepFinding } from './_steep-focal.ts';
import { count, percent, plural, significant } from './_words.ts';
import { costOfZero, isPlainMean, numberOption, shareOfZeros } from './_zero-cost.ts';

const half = 0.5;
const clip = 1e-7;

/** A logarithm of a stored probability that is 0. */
export const logOfZero: Rule = rule({
  id: 'log-of-zero',
  title: 'the logarithm of a probability that is 0',
  severity: 'error',
  explain: {
    test:
      'The declared loss takes the logarithm of probabilities that were rounded to a float, and the true class of some pixel ' +
      'has p = 0 (1 - p = 0 for background); the loss is infinite or NaN, or, where a floor under the logarithm keeps it ' +
      'finite, those pixels carry half of it or more. Also focal losses with 0 < gamma < 1 where p is 1: the gradient is NaN.',
    why:
      'One pixel that is sure and wrong makes the whole mean infinite and every weight NaN after the next step. float16 has ' +
      'nothing between 0 and 6e-8 and nothing between 0.9995 and 1, so it gets there early; and an epsilon below that is ' +
      'rounded away as well. With a floor the loss stays finite, but exactly these pixels pass no gradient.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'keep the logits: F.cross_entropy or BCEWithLogitsLoss, or log_softmax and logsigmoid, in float32',
      },
      { framework: 'MONAI', text: 'DiceCELoss(softmax=True) or DiceFocalLoss on logits' },
      {
        framework: 'Keras',
        text: 'linear last layer and from_logits=True; with mixed precision, dtype="float32" on the last layer',
      },
      {
        framework: 'SMP',
        text: 'activation=None in the model; SoftCrossEntropyLoss and SoftBCEWithLogitsLoss take logits',
      },
    ],
    exceptions:
      'Losses with a floor (BCELoss: 100 per pixel, Keras: 16.1) or a clip stay finite, and are left alone until such pixels ' +
      'carry half of the loss. An export in float16 of a network that trains in float32 may reach 0 where training does not.',
    seen: [
      'https://github.com/NVIDIA/apex/issues/358',
      'https://github.com/mkocabas/focal-loss-keras/issues/17',
      'https://github.com/maxvfischer/keras-image-segmentation-loss-functions/pull/1',
      'https://github.com/keras-team/keras/issues/6983',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbc',
      legend: { a: [0.9, 0.1], b: [0.2, 0.8], c: [1, 0] },
      target: '001\n011\n111',
      dtype: 'float16',
      args: ['--loss', 'ce:from=probabilities'],
    },
    clear: {
      prediction: 'aab\nabb\nbbc',
      legend: { a: [0.9, 0.1], b: [0.2, 0.8], c: [0.99, 0.01] },
      target: '001\n011\n111',
      dtype: 'float16',
      args: ['--loss', 'ce:from=probabilities'],
    },
  },
  looksAt: ['pair'],
  explains: ['*', 'confidently-wrong', 'miscalibrated', 'half-precision-overflow', 'plateau-value'],
  needs: { tail: surpriseTail, kept: rareLikelihood({ id: 'log', clip }) },
  check(values, subject, circumstances) {
    const losses = declaredLosses(circumstances).filter(takesLogarithms);
    if (losses.length === 0) return { notApplicable: 'no loss that takes logarithms was declared (--loss)' };
    const usable = losses.filter((it) => it.raises === null);
    const loss = usable.find((it) => seesRounded(it, subject) && hurts(it, values.tail, subject));
    if (loss !== undefined) {
      const total = values.kept.byRow.reduce((sum, row) => sum + row, 0);
      return zeroFinding(subject, loss, values.tail, total / values.kept.valid);
    }
    const focal = usable.find(isSteep);
    if (focal === undefined || !(values.tail.certain > 0)) return undefined;
    return steepFinding(focal, values.tail);
  },
});

function seesRounded({ wired }: Evaluation, { prediction }: Subject): boolean {
  return wired.logs === 'rounded' && (wired.steps.length > 0 || prediction.activation !== 'logits');
}

function hurts(loss: Evaluation, tail: SurpriseTail, subject: Subject): boolean {
  const { zeros, max } = subject.prediction.profile;
  if (Number.isFinite(loss.value) && costOfZero(loss) === Infinity) return false;
  if (tail.impossible > 0) return shareOfZeros(loss, tail.impossible, tail.pixels, subject) >= half;
  // Overlapping classes and smoothed labels look at the other channels too.
  const broad = subject.kind === 'multilabel' || (numberOption(loss, 'label-smoothing') ?? 0) > 0;
  return broad && loss.value === Infinity && (zeros > 0 || max === 1);
}

function roundingOf(dtype: DType): string {
  return dtype === 'float16' ? 'float16 has nothing between 0 and 6e-8' : `exactly 0 in ${dtype}`;
}

function zeroFinding(subject: Subject, loss: Evaluation, tail: SurpriseTail, kept: number): Finding {
  const { dtype, profile } = subject.prediction;
  const share = shareOfZeros(loss, tail.impossible, tail.pixels, subject);
  const place =
    tail.impossible > 0
      ? `in ${plural(tail.impossible, 'pixel')} of ${count(tail.pixels)} the true class`
      : 'some class of a pixel';
  const worth = Number.isFinite(loss.value)
    ? `they carry ${percent(share)} of the loss`
    : `${loss.spec.loss.title} comes out as ${significant(loss.value)}`;
  return {
    message:
      `${place} has probability 0 (${roundingOf(dtype)}), and -ln 0 is infinite: ${worth}. every true class needs p > 0; ` +
      'hand the loss logits instead of probabilities.',
    evidence: [
      { label: 'pixels whose true class has p = 0', value: tail.impossible, limit: 0 },
      { label: 'share of the loss on them', value: 100 * share, unit: '%', limit: 100 * half },
      { label: 'values that are exactly 0', value: 100 * profile.zeros, unit: '%' },
      { label: `${loss.spec.text} as wired`, value: loss.value },
    ],
    ...(isPlainMean(loss, subject) && tail.impossible > 0
      ? { effect: { what: `probabilities kept above ${clip}`, loss: loss.spec.text, before: loss.value, after: kept } }
      : {}),
    strength: 0.9,
  };
}
