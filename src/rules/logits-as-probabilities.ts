import { type Circumstances, type Evaluation, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { misreadConsequences } from './_consequences.ts';
import { declaredFrom, declaredLosses } from './_declared.ts';
import { told } from './_reported.ts';
import { percent, significant } from './_words.ts';

const limit = 1e-4;

/** Raw scores handed to a loss that takes probabilities. */
export const logitsAsProbabilities: Rule = rule({
  id: 'logits-as-probabilities',
  title: 'logits are read as probabilities',
  severity: 'error',
  explain: {
    test:
      'The declared loss takes probabilities, and more than 0.01 % of the values lie below -0.001 or above 1.001: rounding ' +
      'moves a softmax by 1e-6 in float32 and 1e-3 in float16 at most. Also when a reported value equals the loss of the raw ' +
      'scores and not that of the activated ones.',
    why:
      'Formulas made for numbers between 0 and 1 are fed numbers of any size and sign. The denominator of Dice can shrink to ' +
      'nothing or turn negative, so that the loss leaves [0, 1] or jumps; the logarithm of a negative number is NaN, or is ' +
      'clamped and passes no gradient.',
    fix: [
      { framework: 'PyTorch', text: 'apply torch.softmax(logits, dim=1) or torch.sigmoid(logits) before the loss' },
      { framework: 'SMP', text: 'from_logits=True in the loss' },
      { framework: 'MONAI', text: 'softmax=True or sigmoid=True in the loss' },
      {
        framework: 'Keras',
        text: 'from_logits=True for cross-entropies; the Dice loss has no such flag: end the network in softmax or sigmoid',
      },
      { framework: 'mmseg', text: 'use_sigmoid=True, or leave the softmax to the loss (activate=True in DiceLoss)' },
    ],
    exceptions:
      'Probabilities that were resized with a cubic or Lanczos filter overshoot a little: under 5 % of the values, by less ' +
      'than 0.15. That is a warning. If the training code activates before the loss and only the export does not, leave out ' +
      'from=probabilities.',
    seen: [
      'https://github.com/jakeret/tf_unet/issues/15',
      'https://github.com/ScrollPrize/villa/pull/1644',
      'https://github.com/milesial/Pytorch-UNet/pull/141',
      'https://github.com/msminhas93/DeepLabv3FineTuning/issues/8',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-2.2], b: [1.7] },
      target: '001\n011\n111',
      args: ['--loss', 'dice:from=probabilities'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.1], b: [0.85] },
      target: '001\n011\n111',
      args: ['--loss', 'dice:from=probabilities'],
    },
  },
  looksAt: ['prediction'],
  explains: [...misreadConsequences, 'log-of-zero', 'negative-by-design'],
  needs: {},
  check(_, subject, circumstances) {
    const [loss] = declaredFrom(circumstances, 'probabilities');
    const without = reportedWithout(circumstances);
    if (loss === undefined && without === undefined) {
      return {
        notApplicable: 'no loss that takes probabilities was declared (such as --loss dice:from=probabilities)',
      };
    }
    // Grey values and log-probabilities are other defects, with rules of their own.
    if (!['logits', 'softmax', 'sigmoid'].includes(subject.prediction.activation)) return undefined;
    if (!(subject.prediction.profile.outsideUnit > limit)) return undefined;
    return finding(subject, circumstances, loss ?? without);
  },
});

/** The declared loss, when the reported value is proven to be that of the raw scores. */
function reportedWithout(circumstances: Circumstances): Evaluation | undefined {
  if (told(circumstances, ['no-activation'])?.sure !== true) return undefined;
  return declaredLosses(circumstances).find((it) => it.spec.from === 'auto');
}

function finding(subject: Subject, circumstances: Circumstances, loss: Evaluation | undefined): Finding {
  const { min, max, outsideUnit } = subject.prediction.profile;
  const overshoot = Math.max(-min, max - 1);
  const resampled = outsideUnit < 0.05 && overshoot < 0.15;
  const name = loss?.spec.loss.title ?? 'the loss';
  const step = loss?.spec.loss.activation(loss.spec.options, subject.kind) ?? 'sigmoid';
  const found = `${percent(outsideUnit)} of the values lie outside [0, 1] (${significant(min)} to ${significant(max)})`;
  return {
    ...(resampled ? { severity: 'warning', title: 'probabilities overshoot [0, 1]' } : {}),
    message: resampled
      ? `${found}, by ${significant(overshoot, 2)} at most, as after a cubic resize; ${name} takes probabilities: clip them, or resize linearly.`
      : `${found}, but ${name} takes probabilities: these are logits. apply ${step} before the loss, or switch it on in the loss.`,
    evidence: [
      { label: 'values outside [0, 1]', value: 100 * outsideUnit, unit: '%', limit: 100 * limit },
      { label: 'smallest value', value: min, limit: -0.001 },
      { label: 'largest value', value: max, limit: 1.001 },
      ...(circumstances.reportedValue === null ? [] : [{ label: 'reported', value: circumstances.reportedValue }]),
    ],
    ...(resampled ? {} : { repair: { repair: 'feed-as-expected' } }),
    strength: resampled ? 0.8 : 0.95,
  };
}
