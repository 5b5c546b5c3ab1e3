import { type Circumstances, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { type Contrast, contrast } from '../measures/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { told } from './_reported.ts';
import { unscaledValue } from './_target-values.ts';
import { percent, plural, significant } from './_words.ts';

/** A foreground that answers to the target differs from the background by at least this much in mean probability. */
const contrastLimit = 0.2;

/** A mask of 0 and 255 where the loss wants 0 and 1. */
export const unscaledBinaryTarget: Rule = rule({
  id: 'unscaled-binary-target',
  title: 'the mask holds 0 and 255 instead of 0 and 1',
  severity: 'error',
  explain: {
    test:
      'The target holds 0 and one value above 1, nothing else, and the problem has two classes. In a tensor file that is what ' +
      'the loss was handed: an error. A picture is read as 0 and 1 with a note, and is an error only when the reported value ' +
      'equals the loss on the values as stored.',
    why:
      'Binary losses take the target as a probability. At 255 the cross-entropy of a pixel becomes softplus(z) - 255 z, which falls ' +
      'without end as the logit z grows: the loss goes negative and stays so. Dice and IoU pass 1; a perfect Dice would be ' +
      '510 / 256 = 1.992.',
    fix: [
      { framework: 'PyTorch', text: 'mask = (mask > 127).float(), or .long() for cross-entropy with two channels' },
      { framework: 'MONAI', text: "AsDiscreted(keys='label', threshold=127)" },
      { framework: 'Keras', text: 'mask / 255.0 after decode_png(channels=1)' },
      { framework: 'nnU-Net', text: 'write the label files with consecutive ids, 0 and 1' },
      { framework: 'mmseg', text: 'write the masks with ids 0 and 1; 255 is taken as ignored' },
    ],
    exceptions:
      'A target of background and void, without a single pixel of the object, also holds just 0 and 255. Then the prediction does ' +
      'not tell the two apart: the finding gives its mean inside and outside; if 255 is void, pass --ignore-index 255.',
    seen: [
      'https://github.com/milesial/Pytorch-UNet/issues/78',
      'https://github.com/milesial/Pytorch-UNet/issues/341',
      'https://github.com/divamgupta/image-segmentation-keras/issues/30',
      'https://github.com/FrancoisPorcher/awesome-ai-tutorials/issues/3',
    ],
  },
  examples: {
    fires: {
      prediction: 'abbb\naabb\naabb\naaab',
      legend: { a: [2.5], b: [-1.8] },
      target: 'wkkk\nwwkk\nwwkk\nwwwk',
      labels: { w: 255, k: 0 },
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'abbb\naabb\naabb\naaab',
      legend: { a: [2.5], b: [-1.8] },
      target: '1000\n1100\n1100\n1110',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['target'],
  explains: brokenTargetConsequences,
  needs: { contrast },
  check(values, subject, circumstances) {
    const high = unscaledValue(subject);
    if (high === null) return undefined;
    if (subject.target.scale === 1) return tensor(high, subject, circumstances, values.contrast);
    return picture(high, circumstances);
  },
});

function tensor(high: number, subject: Subject, { losses }: Circumstances, sides: Contrast): Finding {
  const { inside, outside } = sides;
  const pixels = subject.target.profile.values.get(high) ?? 0;
  const told = inside - outside > contrastLimit;
  const asked = Number.isFinite(inside - outside);
  const doubt = asked && !told;
  const [main] = losses;
  return {
    message:
      `the target holds 0 and ${high} (${high} in ${plural(pixels, subject.target.profile.channelSums === null ? 'pixel' : 'value')}, ${percent(pixels / subject.target.profile.size)}); ` +
      `${main?.spec.loss.title ?? 'the loss'} wants 0 and 1. divide the mask by ${high}, or threshold it` +
      (doubt ? `; if ${high} means "ignore", pass --ignore-index ${high} instead` : ''),
    evidence: [
      { label: 'values of the target', value: `0, ${high}`, limit: '0, 1' },
      { label: `share of ${high}`, value: (100 * pixels) / subject.target.profile.size, unit: '%' },
      ...(asked
        ? [{ label: 'mean prediction inside minus outside', value: inside - outside, limit: contrastLimit }]
        : []),
      { label: 'Dice of a perfect prediction', value: (2 * high) / (high + 1), limit: 1 },
    ],
    repair: { repair: 'rescale-target', parameter: high },
    strength: doubt ? 0.85 : 0.95,
  };
}

function picture(high: number, circumstances: Circumstances): Finding {
  const { losses, reportedValue } = circumstances;
  const [main] = losses;
  const asStored = told(circumstances, ['target-0-255'])?.sure === true;
  const evidence = [{ label: 'values of the picture', value: `0, ${high}`, limit: '0, 1' }];
  if (!asStored || main === undefined || reportedValue === null) {
    return {
      severity: 'note',
      title: `a 0/${high} picture was read as 0 and 1`,
      message: `the picture holds 0 and ${high} and was read as 0 and 1, as data loaders do; make sure that yours does`,
      evidence,
    };
  }
  return {
    message:
      `the reported ${significant(reportedValue, 6)} is the loss on a mask of 0 and ${high}; on 0 and 1 it is ` +
      `${significant(main.value, 6)}. divide the mask by ${high} where it is loaded, or threshold it`,
    evidence: [...evidence, { label: 'reported', value: reportedValue, limit: main.value }],
    effect: { what: 'mask read as 0 and 1', loss: main.spec.text, before: reportedValue, after: main.value },
    strength: 0.95,
  };
}
