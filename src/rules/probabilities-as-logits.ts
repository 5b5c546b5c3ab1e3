import { type Circumstances, type Evaluation, type Rule, rule, type Subject } from '../core/index.ts';
import { percent, significant } from './_words.ts';

/** Probabilities handed to a loss that applies the activation itself. */
export const probabilitiesAsLogits: Rule = rule({
  id: 'probabilities-as-logits',
  title: 'probabilities are read as logits',
  severity: 'error',
  explain: {
    test:
      'The declared loss takes logits, and the file holds probabilities: all values in [0, 1], and the channels of at least ' +
      '99.9 % of the pixels sum to 1 within 1e-3 (1e-2 for float16); or, for any number of channels, a range above 0.5 over ' +
      'at least 10,000 pixels. Channel sums of 1 do not happen by accident.',
    why:
      'The loss applies its activation a second time. Softmax of values between 0 and 1 can give no class more than ' +
      'e / (e + C - 1), and sigmoid stays between 0.5 and 0.731: the loss has a floor that no prediction gets below, and the ' +
      'gradient that is left is a fraction of what it should be.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'drop the softmax or sigmoid at the end of the network and hand the loss the logits',
      },
      {
        framework: 'MONAI',
        text: 'softmax=False / sigmoid=False in the loss, or remove the activation from the network',
      },
      { framework: 'Keras', text: 'from_logits=False' },
    ],
    exceptions:
      'One-channel logits of an untrained network may lie between 0 and 1; then the range is small or the pixels few. If the ' +
      'file was activated only for the export, say so with the loss: --loss ce:from=probabilities.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.9, 0.1], b: [0.2, 0.8] },
      target: '001\n011\n111',
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n111',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    'confidently-wrong',
    'threshold-misfit',
    'plateau-value',
    'exploded-logits',
    'logits-as-probabilities',
    'vanishing-gradient',
    'miscalibrated',
    'no-better-than-prior',
    'multilabel-vs-multiclass',
    'single-class-collapse',
  ],
  needs: {},
  check(_, subject, circumstances) {
    const wrong = circumstances.losses.find((it) => it.spec.declared && it.spec.from === 'logits');
    if (wrong === undefined) return { notApplicable: 'no loss that takes logits was declared (--loss)' };
    if (!holdsProbabilities(subject)) return undefined;
    return finding(subject, circumstances, wrong);
  },
});

function holdsProbabilities({ prediction }: Subject): boolean {
  return ['softmax', 'sigmoid', 'activated-twice', 'one-hot'].includes(prediction.activation);
}

function finding(subject: Subject, circumstances: Circumstances, wrong: Evaluation): ReturnType<Rule['check']> {
  const { channels, prediction } = subject;
  const { profile } = prediction;
  const activation = wrong.spec.loss.activation(wrong.spec.options, subject.kind);
  const sums = channels > 1 ? ` (the channels of ${percent(profile.sumsToOne)} of the pixels sum to 1)` : '';
  return {
    message:
      `${wrong.spec.loss.title} applies ${activation} itself, and this file already holds probabilities${sums}, so the ` +
      `activation is applied twice. However good the model is, the loss cannot fall below ${significant(wrong.floor)}.`,
    evidence: [
      {
        label: 'smallest and largest value',
        value: `${significant(profile.min)} to ${significant(profile.max)}`,
        limit: 'logits leave [0, 1]',
      },
      { label: 'floor of the loss as wired', value: wrong.floor },
      ...(circumstances.reportedValue === null ? [] : [{ label: 'reported', value: circumstances.reportedValue }]),
    ],
    repair: { repair: 'feed-as-expected' },
    strength: channels > 1 && profile.sumsToOne > 0.999 ? 0.95 : 0.8,
  };
}
