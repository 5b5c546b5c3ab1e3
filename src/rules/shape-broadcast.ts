import { type Finding, formatShape, type Rule, rule, type Subject } from '../core/index.ts';
import { obstacleOf, targetChannels } from './_target-values.ts';
import { significant } from './_words.ts';

/** Arrays that meet only because the library repeats one along an axis of the other. */
export const shapeBroadcast: Rule = rule({
  id: 'shape-broadcast',
  title: 'the shapes fit by broadcasting alone',
  severity: 'error',
  explain: {
    test:
      'The shapes differ and fit only by repeating one array: one channel of prediction against several of target, or a batch against a ' +
      'single target. [N, 1, ...] against [N, ...] is the usual form of two classes and is accepted, unless --reported equals the loss ' +
      'of every prediction against every target and not the loss of the pairs.',
    why:
      'Products of arrays that differ in an axis are taken over all combinations without a word: of N predictions and N masks, N x N ' +
      'pairs. The order of the batch no longer matters, nothing can be learned from it, and Dice grows up to N, or to 2 K / (K + 1) ' +
      'with K copies of the mask.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'mask.unsqueeze(1) for [N, H, W], mask[:, :1] for copies of a grey mask; assert pred.shape == mask.shape before the loss',
      },
      {
        framework: 'MONAI',
        text: 'EnsureChannelFirstd on the label; the losses raise when the shapes differ: keep that check',
      },
      { framework: 'Keras', text: 'decode_png(channels=1) and mask[..., None]; Keras squeezes a last axis of 1 only' },
      { framework: 'SMP', text: "the losses want [N, 1, H, W] for mode='binary' on both sides" },
    ],
    exceptions:
      'One mask that really belongs to every image of the batch, such as a field of view: repeat it explicitly.',
    seen: [
      'https://github.com/pytorch/pytorch/issues/1939',
      'https://github.com/qubvel-org/segmentation_models.pytorch/issues/234',
      'https://github.com/constantinpape/torch-em/pull/178',
      'https://github.com/jiwei0921/CoNet/issues/3',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\naab\n\naba\naba',
      legend: { a: [-1.4], b: [1.1] },
      target: '001\n001',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aab\naab\n\naba\naba',
      legend: { a: [-1.4], b: [1.1] },
      target: '001\n001\n\n010\n010',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: [],
  explains: ['*'],
  needs: {},
  check(_values, subject, { reported, reportedValue, losses }) {
    if (obstacleOf(subject, 'shape-broadcast') !== undefined) return byShape(subject);
    const [match] = reported?.verdict === 'explained' ? (reported.matches ?? []) : [];
    if (match?.formula !== 'broadcast') return undefined;
    return {
      message:
        `the reported value ${significant(reportedValue ?? Number.NaN, 6)} is the loss of all ${subject.images} x ${subject.images} pairs of ` +
        'predictions and targets, not of the pairs of the batch. give both the same shape before the loss (mask.unsqueeze(1))',
      evidence: [
        { label: 'all pairs', value: match.value },
        { label: 'pairs of the batch', value: losses[0]?.value ?? Number.NaN },
        { label: 'prediction', value: formatShape(subject.prediction.shape) },
        { label: 'target', value: formatShape(subject.target.shape) },
      ],
      strength: 0.9,
    };
  },
});

function byShape(subject: Subject): Finding {
  const { prediction, target, images, channels } = subject;
  const several = targetChannels(subject);
  const copies = channels === 1 && several > 1;
  return {
    message:
      `prediction ${formatShape(prediction.shape)} and target ${formatShape(target.shape)} fit only by broadcasting: ` +
      (copies
        ? `the one channel of the prediction is held against all ${several} of the target. give the target one channel, or the prediction ${several}`
        : `all ${images} predictions are held against the one target there is. give every prediction its own target`),
    evidence: [
      { label: 'prediction', value: formatShape(prediction.shape) },
      { label: 'target', value: formatShape(target.shape) },
      copies
        ? { label: 'highest Dice, with copies of one mask', value: (2 * several) / (several + 1), limit: 1 }
        : { label: 'targets', value: 1, limit: images },
    ],
    strength: 0.95,
  };
}
