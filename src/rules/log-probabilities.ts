import { type Evaluation, type Rule, rule, type Subject } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

/** Log-probabilities handed to a loss that takes something else. */
export const logProbabilities: Rule = rule({
  id: 'log-probabilities',
  title: 'the prediction holds log-probabilities',
  severity: 'warning',
  explain: {
    test:
      'Two or more channels, no value above 1e-6, and the exponentials of the channels sum to 1 (|logsumexp| < 1e-3) in at ' +
      'least 99.9 % of the pixels, as only log_softmax leaves them; and a declared loss takes logits or probabilities.',
    why:
      'Cross-entropy on logits does not mind, for log_softmax of log-probabilities changes nothing. Everything else does: a ' +
      'region loss sums negative numbers, and sigmoid of a value below 0 never passes one half.',
    fix: [
      { framework: 'PyTorch', text: 'F.nll_loss for the likelihood, prediction.exp() before Dice' },
      { framework: 'MONAI', text: 'other_act=torch.exp in Dice losses' },
      { framework: 'Keras', text: 'tf.exp first, or end the network in softmax instead of log_softmax' },
      {
        framework: 'SMP',
        text: 'from_logits=True in DiceLoss applies log_softmax itself, which leaves log-probabilities as they are',
      },
    ],
    exceptions:
      'With nll, or where the training code takes the exponential itself, all is well: declare nll, or from=log-probabilities. ' +
      'One-channel files are left out, since negative logits everywhere are common there.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-0.223144, -1.609438], b: [-1.203973, -0.356675] },
      target: '001\n011\n111',
      args: ['--loss', 'dice:from=probabilities'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-0.223144, -1.609438], b: [-1.203973, -0.356675] },
      target: '001\n011\n111',
      args: ['--loss', 'nll'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    'logits-as-probabilities',
    'confidently-wrong',
    'threshold-misfit',
    'single-class-collapse',
    'negative-by-design',
    'log-of-zero',
  ],
  needs: {},
  check(_, subject, circumstances) {
    const declared = declaredLosses(circumstances);
    if (declared.length === 0) return { notApplicable: 'no loss was declared (--loss)' };
    const { max, logSumsToZero } = subject.prediction.profile;
    if (!(subject.channels > 1 && max <= 1e-6 && logSumsToZero >= 0.999)) return undefined;
    const loss = declared.find((it) => isDistorted(it, subject)) ?? declared.find((it) => it.spec.from === 'logits');
    if (loss === undefined) return undefined;
    const distorted = isDistorted(loss, subject);
    const found = `the exponentials of the channels sum to 1 in ${percent(logSumsToZero)} of the pixels: these are log-probabilities`;
    return {
      severity: distorted ? 'error' : 'warning',
      message: distorted
        ? `${found}, but ${loss.spec.loss.title} takes ${loss.spec.from}. take the exponential first.`
        : `${found}. ${loss.spec.loss.title} gives the same value for them as for logits, but no sigmoid or Dice would: hand on the logits, or use nll.`,
      evidence: [
        { label: 'pixels with |logsumexp| < 0.001', value: 100 * logSumsToZero, unit: '%', limit: 99.9 },
        { label: 'largest value', value: significant(max), limit: 1e-6 },
      ],
      ...(distorted ? { repair: { repair: 'feed-as-expected' } } : {}),
      strength: 0.95,
    };
  },
});

/** True where the loss does not see the same probabilities as exp would give. */
function isDistorted({ spec }: Evaluation, { kind }: Subject): boolean {
  if (spec.from === 'probabilities') return true;
  return spec.from === 'logits' && spec.loss.activation(spec.options, kind) === 'sigmoid';
}
