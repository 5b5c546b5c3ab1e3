import { type Circumstances, type Evidence, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent, significant } from './_words.ts';

const least = 0.01;

/** A rectifier after the last layer: no negative scores. */
export const reluHead: Rule = rule({
  id: 'relu-head',
  title: 'the head ends in a ReLU',
  severity: 'error',
  explain: {
    test:
      'Logits of a floating-point type with more than 256 distinct values (in a small file, more than a quarter as many as ' +
      'there are values), none of them negative, a smallest value of exactly 0 that at least 1 % of the values have, and a ' +
      'largest above 1. A linear layer hits 0.0 exactly almost never; 1 % leaves room for padding. An error for one channel, ' +
      'a warning for several.',
    why:
      'Sigmoid of 0 is one half, so with one channel the network cannot say "background": each such pixel costs at least ' +
      'ln 2 = 0.693 and is never below the threshold for sure. Where the rectifier is closed it passes no gradient either. ' +
      'With several channels softmax can still raise the others, at the price of dead pixels.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'end the network in a plain convolution, without ReLU and without BatchNorm + ReLU',
      },
      { framework: 'MONAI', text: 'act=None in the last convolution block' },
      { framework: 'Keras', text: 'activation=None on the last Conv2D' },
      { framework: 'SMP', text: 'SegmentationHead(activation=None); keep ReLU in the decoder' },
    ],
    exceptions:
      'Quantised or thresholded exports have few distinct values and are left out. A non-negative quantity that is no score ' +
      '(a distance, a height) is not for these losses at all.',
    seen: [
      'https://github.com/yingkaisha/keras-unet-collection/issues/3',
      'https://github.com/vanvalenlab/deepcell-tf/issues/624',
      'https://github.com/tsinghua-rll/VoxelNet-tensorflow/issues/33',
    ],
  },
  examples: {
    fires: {
      prediction: 'oab\nocd\noef',
      legend: { o: [0], a: [0.5], b: [2.25], c: [1.5], d: [3.1], e: [0.75], f: [4.2] },
      target: '001\n001\n011',
    },
    clear: {
      prediction: 'oab\nocd\noef',
      legend: { o: [-2.3], a: [-0.5], b: [2.25], c: [1.5], d: [3.1], e: [-0.75], f: [4.2] },
      target: '001\n001\n011',
    },
  },
  looksAt: ['prediction'],
  explains: [
    '*',
    'confidently-wrong',
    'miscalibrated',
    'no-better-than-prior',
    'plateau-value',
    'single-class-collapse',
    'threshold-misfit',
    'vanishing-gradient',
  ],
  needs: {},
  check(_, subject, circumstances) {
    const { activation, dtype, profile } = subject.prediction;
    if (activation !== 'logits' || !dtype.startsWith('float')) return undefined;
    const { min, max, zeros, distinct, size } = profile;
    if (!(min === 0 && zeros >= least && max > 1 && distinct > Math.min(256, size / 4))) return undefined;
    return finding(subject, circumstances);
  },
});

function finding(subject: Subject, circumstances: Circumstances): Finding {
  const { zeros, max } = subject.prediction.profile;
  const single = subject.channels === 1;
  const found = `no value is negative and ${percent(zeros)} of them are exactly 0 (the largest is ${significant(max)}), as after a ReLU`;
  return {
    ...(single ? {} : { severity: 'warning' }),
    message: single
      ? `${found}. sigmoid of 0 is 0.5, so the network cannot predict background, which needs negative logits; end it in a plain convolution.`
      : `${found}. logits may have any sign; end the network in a plain convolution.`,
    evidence: [
      { label: 'values that are exactly 0', value: 100 * zeros, unit: '%', limit: 100 * least },
      { label: 'smallest value', value: 0, limit: 'logits go below 0' },
      { label: 'largest value', value: max },
      ...(single ? floors(subject, circumstances) : []),
    ],
    strength: 0.9,
  };
}

/** What background costs at least, per pixel and over the whole target. */
function floors({ target, ignore }: Subject, circumstances: Circumstances): Evidence[] {
  const { values, complete } = target.profile;
  const known = [...values].filter(([value]) => !ignore.includes(value));
  const valid = known.reduce((sum, [, pixels]) => sum + pixels, 0);
  const [loss] = declaredLosses(circumstances).filter((it) => it.spec.loss.id === 'bce-logits');
  const background = values.get(0) ?? 0;
  return [
    { label: 'least cost of a background pixel', value: Math.LN2 },
    ...(complete && valid > 0 && !ignore.includes(0)
      ? [{ label: 'least cross-entropy on this target', value: (Math.LN2 * background) / valid }]
      : []),
    ...(loss === undefined ? [] : [{ label: 'loss as wired', value: loss.value }]),
  ];
}
