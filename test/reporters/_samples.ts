import type { Report } from '../../src/core/report.ts';
import { classRow, clear, loss, oneCase, report, verdict } from './_builders.ts';

export const healthy: Report = report(
  oneCase({
    verdicts: [
      ...clear,
      verdict({ rule: 'train-eval-gap', status: 'not-applicable', reason: 'needs two exports of the same input' }),
    ],
  }),
);

/** One error with a measured repair and a consequence, a note, and a check for every other status. */
export const doubleSoftmax: Report = report(
  oneCase({
    prediction: {
      path: 'runs/042/pred.npy',
      dtype: 'float32',
      shape: [4, 11, 176, 240],
      layout: 'NCHW',
      activation: 'softmax',
      images: 4,
      classes: 11,
    },
    target: {
      path: 'data/camvid/mask.npy',
      dtype: 'uint8',
      shape: [4, 176, 240],
      encoding: 'ids',
      ignore: [11],
      valid: 168_149,
      ignored: 811,
    },
    assumptions: [
      {
        about: 'layout',
        chosen: 'NCHW',
        because: 'axis 1 has 11 entries',
        override: '--layout',
        confidence: 'sure',
      },
      {
        about: 'class names',
        chosen: 'numbers only',
        because: 'none were given',
        override: '--classes',
        confidence: 'guess',
      },
    ],
    losses: [
      loss({
        loss: 'ce',
        declared: true,
        value: 1.90433,
        uniform: Math.log(11),
        prior: 1.77602,
        floor: 1.543,
        gradient: { l2: 0.000122, max: 5.9e-6, perClass: [], vanishing: 0.7 },
      }),
      loss({ loss: 'dice', value: 0.31145, uniform: 0.8712, prior: 0.9047 }),
    ],
    classes: [
      classRow({ index: 0, name: 'sky', frequency: 0.084, predicted: 0.094, lossShare: 0.071, gradientShare: 0.052 }),
      classRow({ index: 9, name: 'pedestrian', frequency: 0.0068, predicted: 0.00004, dice: 0, iou: 0 }),
      classRow({ index: 10, name: '', pixels: 0, frequency: 0, predicted: 0, dice: null, iou: null, lossShare: 0 }),
    ],
    verdicts: [
      verdict({
        rule: 'probabilities-as-logits',
        status: 'found',
        title: 'probabilities are read as logits',
        message:
          'Cross-entropy applies softmax itself, and this file already holds probabilities, so softmax is applied twice. However good the model is, the loss cannot fall below 1.543 with 11 classes.',
        evidence: [
          { label: 'channel sums, furthest from 1', value: 0.0004, limit: 0.001 },
          { label: 'values', value: '0 to 0.99998' },
          { label: 'gradient that is left', value: 12.2, unit: '%', limit: '100 % for logits' },
        ],
        why: 'Softmax of values between 0 and 1 can give no class more than e / (e + 10).',
        fix: [
          {
            framework: 'PyTorch',
            text: 'drop the softmax: F.cross_entropy(logits, target, ignore_index=11)',
          },
          { framework: 'MONAI', text: 'softmax=False in the loss, or remove the activation from the network' },
          { framework: 'Keras', text: 'from_logits=False' },
        ],
        effect: { what: 'softmax dropped', loss: 'ce', before: 1.90433, after: 1.774206 },
      }),
      verdict({
        rule: 'plateau-value',
        status: 'found',
        severity: 'warning',
        role: 'consequence',
        causedBy: 'probabilities-as-logits',
        title: 'the loss sits near the value of a guess',
      }),
      verdict({
        rule: 'class-imbalance',
        status: 'found',
        severity: 'note',
        title: 'some classes are 100 times rarer than others',
        message:
          'The rarest class present has 0.68 % of the pixels and the commonest 29.4 %; Dice copes with this and cross-entropy does not.',
      }),
      ...clear,
      verdict({ rule: 'train-eval-gap', status: 'not-applicable', reason: 'needs two exports of the same input' }),
      verdict({ rule: 'loss-drift', status: 'skipped', reason: 'switched off with --disable' }),
    ],
    reported: {
      values: [{ name: 'loss', typed: '1.90433' }],
      matches: [{ formula: 'ce', spec: 'ce:from=logits', value: 1.904331, relativeError: 5.3e-7, departures: [] }],
      candidates: 412,
      expectedChanceMatches: 0.00104,
      verdict: 'declared',
    },
  }),
);

export const warningOnly: Report = report(
  oneCase({
    verdicts: [
      verdict({
        rule: 'tiny-foreground',
        status: 'found',
        severity: 'warning',
        title: 'the foreground is so small that the loss hardly sees it',
        message: 'Foreground has 0.41 % of the pixels, and ce is no better than calling everything background.',
        evidence: [{ label: 'foreground', value: 0.41, unit: '%', limit: 1 }],
        why: 'A mean over pixels is a mean over background.',
        fix: [{ framework: 'PyTorch', text: 'add a Dice term' }],
        effect: { what: 'dice added', loss: 'ce + dice', before: 0.0213, after: 0.8134 },
      }),
      ...clear,
    ],
  }),
);

/** The shapes do not fit: a finding, and no loss can be computed. */
export const shapeMismatch: Report = report(
  oneCase({
    losses: [],
    classes: [],
    verdicts: [
      verdict({
        rule: 'resolution-mismatch',
        status: 'found',
        title: 'prediction and target differ in size',
        message: 'The prediction is 88 x 120 and the target 176 x 240, twice as large both ways; upsample the logits.',
        evidence: [{ label: 'factor', value: 2 }],
      }),
      verdict({ rule: 'pair-mismatch', status: 'not-applicable', reason: 'prediction and target differ in size' }),
    ],
  }),
);

const nan = Number.NaN;

/** Every number that may be one is NaN or infinite. */
export const notNumbers: Report = report(
  oneCase({
    losses: [
      loss({
        loss: 'ce',
        value: nan,
        perClass: [nan, null],
        gradient: { l2: nan, max: Number.POSITIVE_INFINITY, perClass: [nan, nan], vanishing: nan },
        uniform: nan,
        prior: nan,
        floor: nan,
        lowerBound: Number.NEGATIVE_INFINITY,
      }),
    ],
    classes: [0, 1].map((index) =>
      classRow({ index, name: 'NaN', dice: nan, iou: nan, lossShare: nan, gradientShare: nan, weight: nan }),
    ),
    verdicts: [
      verdict({
        rule: 'nonfinite-prediction',
        status: 'found',
        title: 'the prediction holds NaN',
        evidence: [
          { label: 'largest value', value: Number.POSITIVE_INFINITY, limit: nan },
          { label: 'mean', value: nan, unit: 'per pixel' },
        ],
        effect: { what: 'NaN left out', loss: 'ce', before: nan, after: 0.25 },
      }),
      verdict({ rule: 'loss-on-few-pixels', status: 'crashed', reason: 'RangeError: invalid array length' }),
    ],
    reported: {
      values: [{ name: 'loss', typed: 'nan' }],
      matches: [{ formula: 'ce', spec: 'ce', value: nan, relativeError: nan, departures: [] }],
      candidates: 3,
      expectedChanceMatches: nan,
      verdict: 'explained',
    },
  }),
);

export const thirtyClasses: Report = report(
  oneCase({
    classes: Array.from({ length: 30 }, (_, index) =>
      classRow({ index, name: `organ ${index}`, frequency: 1 / 30, lossShare: ((index * 7) % 30) / 435 }),
    ),
  }),
);

export const ambiguous: Report = report(
  oneCase({
    reported: {
      values: [{ name: 'loss', typed: '0.2145' }],
      matches: ['ce', 'focal:gamma=0', 'weighted-ce', 'topk:k=100', 'ce:from=logits', 'nll'].map((spec) => ({
        formula: spec.split(':')[0] ?? spec,
        spec,
        value: 0.21448,
        relativeError: 9.3e-5,
        departures: spec === 'ce' ? [] : ['another name', 'options that change nothing here'],
      })),
      candidates: 412,
      expectedChanceMatches: 2.71,
      verdict: 'ambiguous',
    },
  }),
);

export const samples: Readonly<Record<string, Report>> = {
  healthy,
  doubleSoftmax,
  warningOnly,
  shapeMismatch,
  notNumbers,
  thirtyClasses,
  ambiguous,
};
