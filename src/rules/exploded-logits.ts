import { type Rule, rule, type Subject } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

const most = 0.01;
const highestMedian = 100;

/** Scores far beyond what a trained head puts out. */
export const explodedLogits: Rule = rule({
  id: 'exploded-logits',
  title: 'the logits have exploded',
  severity: 'error',
  explain: {
    test:
      'More than 1 % of the logits are beyond 1000 in size, or their median size is above 100. Channels that hold one large ' +
      'negative number throughout (masked classes) do not count. Trained heads stay within some tens.',
    why:
      'Every probability is 0 or 1 to the last digit. A wrong pixel costs as much as its logit is large, hundreds or thousands ' +
      'instead of a few nats, and a right one passes no gradient, so that the network swings instead of learning. The ' +
      'usual reasons are a learning rate that is too high, a loss that is summed instead of averaged, or one bad step.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'go back to a checkpoint from before; lower the learning rate, torch.nn.utils.clip_grad_norm_(..., 1.0), reduction="mean"',
      },
      { framework: 'MONAI', text: 'the same; reduction="mean" in the loss, warm-up in the scheduler' },
      { framework: 'Keras', text: 'clipnorm=1.0 in the optimizer, a smaller learning rate' },
      {
        framework: 'nnU-Net',
        text: 'initial_lr below 1e-2, or continue with gradient clipping from the last good checkpoint',
      },
    ],
    exceptions: 'Scores that are no logits: distances, counts, intensities. Then the loss is not made for them.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1830.5], b: [2410.25] },
      target: '001\n011\n111',
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-8.5], b: [11.25] },
      target: '001\n011\n111',
    },
  },
  looksAt: ['prediction'],
  explains: [
    '*',
    'confidently-wrong',
    'single-class-collapse',
    'constant-output',
    'miscalibrated',
    'vanishing-gradient',
    'no-better-than-prior',
    'threshold-misfit',
    'half-precision-overflow',
  ],
  needs: {},
  check(_, subject, circumstances) {
    if (subject.prediction.activation !== 'logits') return undefined;
    const { min, max, medianAbsolute } = subject.prediction.profile;
    const huge = hugeShare(subject);
    if (!(huge > most || medianAbsolute > highestMedian)) return undefined;
    const losses = declaredLosses(circumstances);
    return {
      message:
        `logits run from ${significant(min)} to ${significant(max)}, with a median size of about ${significant(medianAbsolute, 2)} and ` +
        `${percent(huge)} of them beyond 1000; a trained head stays within some tens. lower the learning rate, clip gradients, and ` +
        'check that the loss is a mean and not a sum.',
      evidence: [
        { label: 'logits beyond 1000 in size', value: 100 * huge, unit: '%', limit: 100 * most },
        { label: 'median size', value: medianAbsolute, limit: highestMedian },
        { label: 'smallest', value: min },
        { label: 'largest', value: max },
        ...losses.slice(0, 1).map((it) => ({ label: `${it.spec.text} on these logits`, value: it.value })),
      ],
      strength: 0.85,
    };
  },
});

/** Share of values beyond 1000, without the channels that are one large negative number everywhere. */
function hugeShare({ images, channels, prediction }: Subject): number {
  const { huge, means, deviation } = prediction.profile;
  const isMasked = (channel: number): boolean => {
    for (let at = channel; at < images * channels; at += channels) {
      const mean = means[at] ?? 0;
      if (!(mean < -1e3 && (deviation[at] ?? 0) <= 1e-3 * -mean)) return false;
    }
    return true;
  };
  let masked = 0;
  for (let channel = 0; channel < channels; channel++) if (isMasked(channel)) masked++;
  // A single constant channel is no mask: there is nothing else to choose.
  return masked === channels ? huge : Math.max(0, huge - masked / channels);
}
