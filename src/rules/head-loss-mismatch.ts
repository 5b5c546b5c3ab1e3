import { type Evaluation, type LossSpec, type Rule, rule, type Subject } from '../core/index.ts';
import { likelihood } from '../measures/index.ts';
import { declaredLosses } from './_declared.ts';
import { significant } from './_words.ts';

/** A loss for several classes on a head with one channel. */
export const headLossMismatch: Rule = rule({
  id: 'head-loss-mismatch',
  title: 'softmax over a single channel',
  severity: 'error',
  explain: {
    test: 'The prediction has one channel, and a declared loss takes the softmax over the channels.',
    why:
      'Softmax of one number is 1, whatever the number is. Cross-entropy is then 0 for every pixel and its gradient is 0: the ' +
      'term is a constant, and in a compound loss the other term trains alone. Nothing fails, and nothing is learned.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'one channel: BCEWithLogitsLoss with a float mask; CrossEntropyLoss needs C >= 2 channels',
      },
      {
        framework: 'MONAI',
        text: 'sigmoid=True for one channel; DiceCELoss takes binary cross-entropy there only in newer versions',
      },
      {
        framework: 'Keras',
        text: 'one unit with sigmoid and BinaryCrossentropy, or C units with softmax and SparseCategoricalCrossentropy',
      },
      { framework: 'SMP', text: 'mode="binary" for one channel, "multiclass" for C' },
      { framework: 'mmseg', text: 'num_classes=2 with out_channels=1 needs use_sigmoid=True' },
    ],
    exceptions: 'None known: a softmax of one number cannot depend on it.',
    seen: [
      'https://github.com/jocicmarko/ultrasound-nerve-segmentation/issues/18',
      'https://github.com/BVLC/caffe/issues/5240',
      'https://github.com/Project-MONAI/MONAI/issues/2509',
      'https://github.com/MIC-DKFZ/nnUNet/issues/1550',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-2.2], b: [1.7] },
      target: '001\n011\n111',
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-2.2], b: [1.7] },
      target: '001\n011\n111',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['pair'],
  explains: [
    '*',
    'hard-predictions',
    'log-of-zero',
    'single-class-collapse',
    'no-better-than-prior',
    'plateau-value',
    'missing-term',
    'probabilities-as-logits',
    'confidently-wrong',
    'vanishing-gradient',
    'label-out-of-range',
  ],
  needs: { pixels: likelihood({ id: 'log' }) },
  check(values, subject, circumstances) {
    const declared = declaredLosses(circumstances);
    if (declared.length === 0) return { notApplicable: 'no loss was declared (--loss)' };
    const loss = declared.flatMap(termsOf).find((it) => takesSoftmax(it, subject));
    if (subject.channels !== 1 || loss === undefined) return undefined;
    const { byRow, valid } = values.pixels;
    const after = byRow.reduce((sum, row) => sum + row, 0) / valid;
    const what = loss.term ? 'this term of the sum' : 'the loss';
    return {
      message:
        `the prediction has 1 channel and ${loss.spec.loss.title} takes the softmax over channels, which of one number is always 1: ` +
        `${what} is ${significant(loss.value)} for any prediction. it needs 2 or more channels; with one take binary cross-entropy.`,
      evidence: [
        { label: 'channels', value: 1, limit: '2 or more' },
        { label: `${loss.spec.text} as wired`, value: loss.value },
        { label: 'size of its gradient', value: loss.l2, limit: 'above 0' },
        { label: 'bce-logits on the same arrays', value: after },
      ],
      effect: { what: 'binary cross-entropy instead', loss: 'bce-logits', before: loss.value, after },
      strength: 0.98,
    };
  },
});

interface Judged {
  readonly spec: LossSpec;
  readonly value: number;
  readonly l2: number;
  readonly term: boolean;
}

/** The terms of a sum, or the loss itself. */
function termsOf({ spec, value, gradient, terms }: Evaluation): Judged[] {
  if (terms === undefined) return [{ spec, value, l2: gradient?.l2 ?? 0, term: false }];
  return terms.map((it) => ({ spec: it.spec, value: it.value.value, l2: it.gradient?.l2 ?? 0, term: true }));
}

function takesSoftmax({ spec }: Judged, { kind }: Subject): boolean {
  return spec.loss.activation(spec.options, kind) === 'softmax';
}
