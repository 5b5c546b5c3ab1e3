import { type Answer, type Circumstances, type Evaluation, type Rule, rule, type Subject } from '../core/index.ts';
import { told } from './_reported.ts';
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
    seen: [
      'https://github.com/wolny/pytorch-3dunet/issues/45',
      'https://github.com/tflearn/tflearn/pull/562',
      'https://github.com/hustvl/YOLOP/issues/117',
      'https://github.com/milesial/Pytorch-UNet/issues/133',
    ],
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
    if (!holdsProbabilities(subject)) return activatedInTraining(circumstances, wrong);
    return finding(subject, circumstances, wrong);
  },
});

function holdsProbabilities({ prediction }: Subject): boolean {
  return ['softmax', 'sigmoid', 'activated-twice', 'one-hot'].includes(prediction.activation);
}

/** The file holds logits, but the reported value is that of the activation taken twice: the training code did it before the loss. */
function activatedInTraining(circumstances: Circumstances, wrong: Evaluation): Answer {
  const { reportedValue } = circumstances;
  const found = told(circumstances, ['double-softmax', 'double-sigmoid']);
  if (found === undefined || reportedValue === null) return undefined;
  const { match, sure } = found;
  const activation = match.formula === 'double-softmax' ? 'softmax' : 'sigmoid';
  return {
    ...(sure ? {} : { severity: 'warning' }),
    message:
      `the file holds logits, but the reported ${reportedValue} is the value with ${activation} applied twice: the training ` +
      `code activates the output before ${wrong.spec.loss.title}, which does so itself. drop that ${activation}.`,
    evidence: [
      { label: 'reported', value: reportedValue },
      { label: `${activation} applied twice`, value: match.value },
      { label: `${activation} applied once`, value: wrong.value },
    ],
    effect: { what: `${activation} applied once`, loss: wrong.spec.text, before: reportedValue, after: wrong.value },
    strength: sure ? 0.9 : 0.5,
  };
}

function finding(subject: Subject, circumstances: Circumstances, wrong: Evaluation): Answer {
  const { channels, prediction } = subject;
  const { profile } = prediction;
  const { reportedValue } = circumstances;
  const activation = wrong.spec.loss.activation(wrong.spec.options, subject.kind);
  const summed = channels > 1 && profile.sumsToOne > 0.99;
  // The number that was printed is the one without a second activation: only the export was activated.
  const cleared =
    reportedValue !== null && Math.abs(reportedValue - wrong.properValue.value) <= 1e-4 * Math.abs(reportedValue);
  // Sigmoid outputs under a softmax loss; raw scores that happen to stay in [0, 1] look the same.
  const doubtful = channels > 1 && !summed;
  return {
    message: cleared
      ? `this file holds probabilities, and ${wrong.spec.loss.title} of logits was declared; the reported ${reportedValue} is ` +
        'the value with a single activation, so only the export was activated. export the logits, or declare from=probabilities.'
      : `${wrong.spec.loss.title} applies ${activation} itself, and this file already holds ` +
        `${doubtful ? 'values that all lie in [0, 1]' : 'probabilities'}` +
        `${summed ? ` (the channels of ${percent(profile.sumsToOne)} of the pixels sum to 1)` : ''}, so the activation is ` +
        `applied twice. However good the model is, the loss cannot fall below ${significant(wrong.floor)}.`,
    evidence: [
      {
        label: 'smallest and largest value',
        value: `${significant(profile.min)} to ${significant(profile.max)}`,
        limit: 'logits leave [0, 1]',
      },
      { label: 'floor of the loss as wired', value: wrong.floor },
      ...(reportedValue === null ? [] : [{ label: 'reported', value: reportedValue }]),
    ],
    severity: cleared ? 'note' : doubtful ? 'warning' : 'error',
    repair: { repair: 'feed-as-expected' },
    strength: summed ? 0.95 : 0.8,
  };
}
