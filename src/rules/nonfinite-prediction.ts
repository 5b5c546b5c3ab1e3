import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { count, listed, plural } from './_words.ts';

/** NaN or infinity among the predictions. */
export const nonfinitePrediction: Rule = rule({
  id: 'nonfinite-prediction',
  title: 'the prediction is not finite',
  severity: 'error',
  explain: {
    test:
      'Any NaN or infinity in the stored prediction; one is enough to make every mean NaN. Channels that are -infinity ' +
      'throughout and are never a target are masked classes and only noted.',
    why:
      'A mean over pixels of which one is NaN is NaN, and so is the gradient of every weight behind it: after one such step ' +
      'all weights are NaN. The place says where it comes from: one corner or a few pixels point to a division or a square ' +
      'root, a whole channel or image to an overflow or to weights that are lost already.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'torch.autograd.set_detect_anomaly(True) names the first operation; check inputs for NaN, run the loss in float32',
      },
      {
        framework: 'MONAI',
        text: 'the same; NormalizeIntensityd divides by 0 on constant images (nonzero=True, or filter them out)',
      },
      { framework: 'Keras', text: 'tf.debugging.enable_check_numerics()' },
      {
        framework: 'nnU-Net',
        text: 'check for empty or constant cases in the preprocessed folder, then disable mixed precision',
      },
    ],
    exceptions:
      'Classes masked on purpose: a channel that is -infinity everywhere gets probability 0, which is harmless as long as ' +
      'no pixel is labelled so. That is a note.',
  },
  examples: {
    fires: {
      prediction: 'abb\nabb\naan',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9], n: [Number.NaN, 0.3] },
      target: '011\n011\n001',
    },
    clear: {
      prediction: 'abb\nabb\naab',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '011\n011\n001',
    },
  },
  looksAt: [],
  explains: ['*', 'log-of-zero', 'confidently-wrong', 'exploded-logits', 'half-precision-overflow'],
  needs: {},
  check(_, subject) {
    const { nan, positiveInfinity, negativeInfinity, maskedChannels } = subject.prediction.profile;
    const bad = nan + positiveInfinity + negativeInfinity;
    if (!(bad > 0)) return undefined;
    const masked = maskedChannels.filter((channel) => !isLabelled(subject, channel));
    if (bad === masked.length * subject.images * subject.pixels) return maskedOnPurpose(masked);
    return finding(subject, bad);
  },
});

/** True unless the target is known to hold no pixel of a channel. */
function isLabelled({ target, ignore }: Subject, channel: number): boolean {
  const ids = target.encoding === 'ids' || target.encoding === 'palette-indices' || target.encoding === 'binary';
  return !ids || !target.profile.complete || (target.profile.values.has(channel) && !ignore.includes(channel));
}

function maskedOnPurpose(channels: readonly number[]): Finding {
  const which = `${channels.length === 1 ? 'channel' : 'channels'} ${listed(channels)}`;
  return {
    severity: 'note',
    title: 'a class is masked with -infinity',
    message: `${which} of the prediction ${channels.length === 1 ? 'holds' : 'hold'} -infinity everywhere and no pixel is labelled so: read as masked on purpose.`,
    evidence: [{ label: 'masked channels', value: listed(channels) }],
  };
}

function finding(subject: Subject, bad: number): Finding {
  const { profile, layout } = subject.prediction;
  const { nan, positiveInfinity, negativeInfinity, firstNonFinite, nonFiniteImages, size, means } = profile;
  const kinds = [
    ['NaN', nan],
    ['+infinity', positiveInfinity],
    ['-infinity', negativeInfinity],
  ] as const;
  const met = kinds.filter(([, n]) => n > 0);
  const axes = ['image', 'channel', ...(layout.includes('D') ? ['slice'] : []), 'row', 'column'];
  const first = firstNonFinite?.map((at, axis) => `${axes[axis]} ${at}`).join(', ');
  const whole = means.filter(Number.isNaN).length;
  const images = subject.images === 1 ? '' : ` in ${count(nonFiniteImages)} of ${plural(subject.images, 'image')}`;
  return {
    message:
      `${count(bad)} of ${plural(size, 'value')} of the prediction ${bad === 1 ? 'is' : 'are'} ${listed(met.map(([name]) => name))}` +
      `${images}${first === undefined ? '' : `, the first at ${first}`}; none may be. One is enough to spoil the mean over all pixels and with it ` +
      'the gradient of every weight: look for the first layer that puts it out',
    evidence: [
      ...met.map(([name, n]) => ({ label: name, value: n, unit: n === 1 ? 'value' : 'values', limit: 0 })),
      { label: 'share of all values', value: (100 * bad) / size, unit: '%', limit: 0 },
      { label: 'images affected', value: nonFiniteImages, limit: 0 },
      { label: 'channels of an image lost as a whole', value: whole },
      ...(firstNonFinite === null ? [] : [{ label: 'the first', value: `[${firstNonFinite.join(', ')}]` }]),
    ],
    strength: 1,
  };
}
