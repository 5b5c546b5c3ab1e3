import { type Rule, rule } from '../core/index.ts';
import { lossRegions, lossSpread, surpriseTail } from '../measures/index.ts';
import { regionShares } from './_where.ts';
import { count, percent, significant } from './_words.ts';

const improbable = 1e-4;
const pixelLimit = 1e-3;
const lossLimit = 0.3;
const sure = 15;

/** A few pixels that are sure and wrong make up much of the loss. */
export const confidentlyWrong: Rule = rule({
  id: 'confidently-wrong',
  title: 'a few sure and wrong pixels carry the loss',
  severity: 'warning',
  explain: {
    test:
      'More than 0.1 % of the valid pixels give their true class less than p = 1e-4, and they carry more than 30 % of the ' +
      'cross-entropy, or cost more than 15 nats each on average. Beyond 9.2 nats a pixel acts like an outlier. ' +
      'The evidence names the worst regions: touching pixels of one class, with a box [y0, x0, y1, x1] as slices take it.',
    why:
      'Cross-entropy grows without bound where the network is sure and wrong, so a handful of pixels decides about value and ' +
      'gradient of the loss. Often it is the labels that are wrong there: unannotated objects, outlines off by some pixels, a ' +
      'void region labelled as a class.',
    fix: [
      { framework: 'PyTorch', text: 'look at the labels of these pixels; label_smoothing=0.05, gradient clipping' },
      { framework: 'MONAI', text: 'the same; DiceCELoss(label_smoothing=...)' },
      { framework: 'Keras', text: 'the same; CategoricalCrossentropy(label_smoothing=...)' },
      {
        framework: 'mmseg',
        text: 'map void pixels to ignore_index; look at OHEM settings, which pick exactly these pixels',
      },
    ],
    exceptions:
      'Noisy labels and rare, hard objects look the same: the finding says where the loss comes from, not that the wiring is ' +
      'wrong. An overfitted network shows it on validation data.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbc',
      legend: { a: [4.2, -3.9], b: [-4.1, 3.8], c: [9.5, -8.7] },
      target: '001\n011\n111',
    },
    clear: {
      prediction: 'aab\nabb\nbbc',
      legend: { a: [4.2, -3.9], b: [-4.1, 3.8], c: [1.5, -0.7] },
      target: '001\n011\n111',
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { tail: surpriseTail, spread: lossSpread, regions: lossRegions },
  check(values, subject) {
    if (subject.kind === 'multilabel') return { notApplicable: 'classes overlap, so no single class is the true one' };
    const { pixels, total, heavy, heavySum, largest } = values.tail;
    if (total < 0) return { notApplicable: 'the cross-entropy is negative: the target holds no shares of classes' };
    const share = heavy / pixels;
    const each = heavySum / heavy;
    // Infinity over infinity: a true class with p = 0 carries everything.
    const carried = heavySum === Infinity ? 1 : heavySum / total;
    if (!(share > pixelLimit && (carried > lossLimit || each > sure))) return undefined;
    return {
      message:
        `${percent(share)} of the pixels (${count(heavy)}) give their true class less than p = 1e-4 and carry ${percent(carried)} of ` +
        `the cross-entropy, ${significant(each, 3)} nats each. up to 0.1 % is common; look at the labels there first.`,
      evidence: [
        { label: 'pixels with p < 1e-4', value: 100 * share, unit: '%', limit: 100 * pixelLimit },
        { label: 'share of the cross-entropy on them', value: 100 * carried, unit: '%', limit: 100 * lossLimit },
        { label: 'cross-entropy per such pixel', value: each, unit: 'nats', limit: sure },
        { label: 'largest', value: largest, unit: 'nats' },
        ...regionShares(subject, values.regions(-Math.log(improbable), 3), values.spread.total),
      ],
      strength: 0.5,
    };
  },
});
