import { type Circumstances, type Evaluation, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { overlappingDecisions } from '../measures/index.ts';
import { declaredLosses } from './_declared.ts';
import { percent } from './_words.ts';

/** Overlaps of the target up to this share are slips, not another problem. */
const overlapLimit = 1e-3;
/** Overlaps of the decisions on a target without any. */
const decisionLimit = 0.05;

/** Classes that overlap on one side only. */
export const multilabelVsMulticlass: Rule = rule({
  id: 'multilabel-vs-multiclass',
  title: 'classes overlap in the target, but not in the loss',
  severity: 'error',
  explain: {
    test:
      'Over 0.1 % of the pixels have two or more channels of the target set, and the prediction is a softmax or the declared loss knows ' +
      'one class per pixel only. The other way round, a warning: the target has exactly one channel set everywhere, and the ' +
      'sigmoids of the prediction set several in over 5 % of the pixels.',
    why:
      'A softmax shares one unit of probability among the classes. Where two of them are true at once, 0.5 each is the best it can do, so ' +
      'the loss has a floor of ln 2 per class there and the classes pull against each other; argmax then shows only one of them. ' +
      'Sigmoids on exclusive classes work, but nothing keeps two answers from being given at once.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'overlapping classes: BCEWithLogitsLoss per channel, sigmoid, threshold; exclusive ones: CrossEntropyLoss',
      },
      { framework: 'SMP', text: "mode='multilabel' for overlapping classes, mode='multiclass' for exclusive ones" },
      {
        framework: 'MONAI',
        text: 'sigmoid=True for overlapping classes, softmax=True for exclusive ones; ConvertToMultiChannelBasedOnBratsClassesd only with the first',
      },
      {
        framework: 'Keras',
        text: "activation='sigmoid' with BinaryCrossentropy, or 'softmax' with CategoricalCrossentropy",
      },
      { framework: 'nnU-Net', text: 'region-based training (regions_class_order) for nested classes' },
    ],
    exceptions:
      'Nested regions, such as a tumour and its core, overlap by design and want sigmoids: then the finding is that the loss does not ' +
      'have them.',
    seen: [
      'https://github.com/MIC-DKFZ/nnUNet/issues/2530',
      'https://github.com/open-mmlab/mmsegmentation/issues/1746',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\naacc\naacc',
      legend: { a: [2.1, -0.4, -1], b: [-1.2, 1.9, -0.2], c: [-1.3, 1.2, 1.4] },
      target: 'xxyy\nxxyy\nxxzz\nxxzz',
      labels: { x: [1, 0, 0], y: [0, 1, 0], z: [0, 1, 1] },
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aabb\naabb\naacc\naacc',
      legend: { a: [2.1, -0.4, -1], b: [-1.2, 1.9, -0.2], c: [-1.3, 1.2, 1.4] },
      target: 'xxyy\nxxyy\nxxzz\nxxzz',
      labels: { x: [1, 0, 0], y: [0, 1, 0], z: [0, 1, 1] },
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target', 'prediction'],
  explains: ['target-not-one-hot', 'label-out-of-range', 'threshold-misfit', '*'],
  needs: { decisions: overlappingDecisions },
  check(values, subject, circumstances) {
    const sums = subject.target.profile.channelSums;
    if (sums === null || subject.channels < 2) {
      return { notApplicable: 'the target has one label per pixel, so that classes cannot overlap' };
    }
    if (sums.several > overlapLimit) return overlapping(sums.several, subject, circumstances);
    if (subject.kind !== 'multilabel' || !(sums.one >= 1 - overlapLimit)) return undefined;
    const [none = 0, one = 0, several = 0] = values.decisions;
    return several / (none + one + several) > decisionLimit ? overdecided(several / (none + one + several)) : undefined;
  },
});

function overlapping(several: number, subject: Subject, circumstances: Circumstances): Finding | undefined {
  const { activation } = subject.prediction;
  const shared = activation === 'softmax' || activation === 'log-softmax';
  const loss = declaredLosses(circumstances).find(sharesOneUnit);
  if (!shared && loss === undefined) return undefined;
  const who = shared ? 'the prediction is a softmax, which has room for' : `${loss?.spec.loss.title} knows`;
  return {
    message:
      `${percent(several)} of the pixels have two or more classes set, but ${who} one class per pixel. use a sigmoid and binary cross-entropy per ` +
      'channel, or make the classes exclusive',
    evidence: [
      { label: 'pixels with several classes set', value: 100 * several, unit: '%', limit: 100 * overlapLimit },
      { label: 'pixels with one', value: 100 * (subject.target.profile.channelSums?.one ?? 0), unit: '%' },
      { label: 'the prediction', value: activation },
    ],
    strength: 0.92,
  };
}

/** True for a loss that normalises over the channels, or is not defined for overlapping classes at all. */
function sharesOneUnit({ spec: { loss, options } }: Evaluation): boolean {
  return !loss.kinds.includes('multilabel') || loss.activation(options, 'multilabel') === 'softmax';
}

function overdecided(share: number): Finding {
  return {
    severity: 'warning',
    title: 'classes exclude each other in the target, but not in the prediction',
    message:
      `every pixel of the target has one class, but in ${percent(share)} of them the sigmoids of the prediction are above 1/2 for two or more. ` +
      'a softmax and cross-entropy let one class win',
    evidence: [{ label: 'pixels with several decisions', value: 100 * share, unit: '%', limit: 100 * decisionLimit }],
    strength: 0.5,
  };
}
