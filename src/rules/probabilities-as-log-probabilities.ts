import { type Evaluation, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { misreadConsequences } from './_consequences.ts';
import { declaredFrom } from './_declared.ts';
import { percent, significant } from './_words.ts';

/** Probabilities (or logits) handed to a loss that takes log-probabilities. */
export const probabilitiesAsLogProbabilities: Rule = rule({
  id: 'probabilities-as-log-probabilities',
  title: 'probabilities are read as log-probabilities',
  severity: 'error',
  explain: {
    test:
      'The declared loss takes log-probabilities (nll), and the file holds values above 1e-6, or values whose exponentials ' +
      'sum to 1 in less than half of the pixels: log-probabilities do neither.',
    why:
      'Negative log-likelihood takes no logarithm; it picks the value at the labelled class and negates it. Of probabilities ' +
      'that is between -1 and 0, and the gradient is the same for every pixel, right or wrong. Of logits nothing bounds it ' +
      'below: the network lowers the loss by raising every score.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'F.log_softmax(logits, dim=1) before nll_loss, or F.cross_entropy(logits) instead of both',
      },
      { framework: 'MONAI', text: 'DiceCELoss or torch.nn.CrossEntropyLoss on logits' },
      { framework: 'Keras', text: 'SparseCategoricalCrossentropy(from_logits=True) on logits' },
    ],
    exceptions:
      'None known: log-probabilities are never positive. If the training code takes the logarithm first, declare ce:from=probabilities.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.9, 0.1], b: [0.2, 0.8] },
      target: '001\n011\n111',
      args: ['--loss', 'nll'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-0.223144, -1.609438], b: [-1.203973, -0.356675] },
      target: '001\n011\n111',
      args: ['--loss', 'nll'],
    },
  },
  looksAt: ['prediction'],
  explains: [...misreadConsequences, 'logits-as-probabilities', 'negative-by-design'],
  needs: {},
  check(_, subject, circumstances) {
    const [loss] = declaredFrom(circumstances, 'log-probabilities');
    if (loss === undefined) return { notApplicable: 'no loss that takes log-probabilities (nll) was declared' };
    const { max, logSumsToZero } = subject.prediction.profile;
    if (!(max > 1e-6 || logSumsToZero < 0.5)) return undefined;
    return finding(subject, loss, circumstances.reportedValue);
  },
});

function finding(subject: Subject, loss: Evaluation, reported: number | null): Finding {
  const { activation, profile } = subject.prediction;
  const scores = activation === 'logits';
  const { title } = loss.spec.loss;
  const range = `${significant(profile.min)} to ${significant(profile.max)}`;
  const bound = scores ? 'so nothing bounds it below' : 'so it lies between -1 and 0';
  const step = scores ? 'log_softmax' : 'the logarithm';
  const sums = profile.sumsToOne > 0.5 ? ` that sum to 1 in ${percent(profile.sumsToOne)} of the pixels` : '';
  return {
    ...(scores ? { title: 'logits are read as log-probabilities' } : {}),
    message:
      `${title} takes log-probabilities, which are never above 0, and the file holds values from ${range}${sums}. it only negates ` +
      `them, ${bound}; apply ${step} first.`,
    evidence: [
      { label: 'largest value', value: profile.max, limit: 1e-6 },
      { label: 'lower bound of the loss as wired', value: loss.floor },
      { label: 'loss as wired', value: loss.value },
      ...(reported === null ? [] : [{ label: 'reported', value: reported }]),
    ],
    repair: { repair: 'feed-as-expected' },
    strength: 0.95,
  };
}
