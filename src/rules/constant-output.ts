import { type Circumstances, type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { listed, significant } from './_words.ts';

const limit = 1e-3;

/** A prediction that is the same everywhere. */
export const constantOutput: Rule = rule({
  id: 'constant-output',
  title: 'the prediction is the same everywhere',
  severity: 'error',
  explain: {
    test:
      'In every channel of every image the standard deviation over the pixels is below 0.001 times the larger of 1 and the ' +
      'absolute mean: less than any display or decision resolves. Not asked where the target is constant too.',
    why:
      'The output does not depend on the image. The bias of the last layer alone has learned the class frequencies, and no ' +
      'constant can do better than that. The features before it are dead, saturated, multiplied by zero, or not connected.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'overfit one image first; check the learning rate, input scaling, dead ReLUs, a zero-initialised head, requires_grad, model.eval() with untrained BatchNorm',
      },
      { framework: 'MONAI', text: 'the same; check ScaleIntensityd or NormalizeIntensityd on the images' },
      {
        framework: 'Keras',
        text: 'the same; enough steps_per_epoch, trainable=True, BatchNormalization not in inference mode',
      },
      { framework: 'nnU-Net', text: 'check that the images in the preprocessed folder are not constant' },
    ],
    exceptions:
      'Images with nothing in them: the right answer is then constant. lossprobe stays silent where the target is constant. ' +
      'The first export of a head initialised with zeros is constant as well, and mends itself.',
    seen: [
      'https://github.com/wentaozhu/AnatomyNet-for-anatomical-segmentation/issues/6',
      'https://github.com/zhixuhao/unet/issues/241',
      'https://github.com/zhixuhao/unet/issues/174',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.2001], b: [-1.2002] },
      target: '001\n011\n111',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.2], b: [-0.9] },
      target: '001\n011\n111',
      args: ['--loss', 'bce-logits'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    '*',
    'hard-predictions',
    'log-of-zero',
    'single-class-collapse',
    'no-better-than-prior',
    'plateau-value',
    'probabilities-as-logits',
    'confidently-wrong',
    'threshold-misfit',
    'vanishing-gradient',
    'starved-class',
    'tiny-foreground',
    'background-inflates-dice',
  ],
  needs: {},
  check(_, subject, circumstances) {
    const { deviation, means } = subject.prediction.profile;
    // Probabilities of many classes are small all over: their spread is held against their own size.
    const logits = subject.prediction.activation === 'logits';
    const size = (mean: number): number => (logits ? Math.max(1, mean) : Math.min(1, 10 * mean) || 1);
    const relative = deviation.map((sd, at) => sd / size(Math.abs(means[at] ?? 0)));
    if (!relative.every((sd) => sd < limit) || isTargetConstant(subject)) return undefined;
    return finding(subject, circumstances, Math.max(...relative));
  },
});

/** One value throughout the pixels that count: then a constant may be right. */
function isTargetConstant({ target, ignore }: Subject): boolean {
  const { values, complete } = target.profile;
  return complete && [...values.keys()].filter((value) => !ignore.includes(value)).length < 2;
}

function finding(subject: Subject, circumstances: Circumstances, largest: number): Finding {
  const { channels, images, prediction } = subject;
  const constants = Array.from({ length: channels }, (_, channel) => {
    let sum = 0;
    for (let image = 0; image < images; image++) sum += prediction.profile.means[image * channels + channel] ?? 0;
    return significant(sum / images, 4);
  });
  const [loss] = declaredLosses(circumstances).concat(circumstances.losses);
  const pi = foregroundShare(subject);
  const best = pi === null ? 'the class frequencies' : `p = ${significant(pi, 3)}, the share of the foreground`;
  return {
    message:
      `every pixel is predicted as ${listed(constants)}${channels > 1 ? ` (one number per channel)` : ''}: the standard deviation is ` +
      `${largest === 0 ? '0' : significant(largest, 2)}, and an answer to the image needs more than 0.001. the network ignores its input; overfit one image first.`,
    evidence: [
      { label: 'largest standard deviation, relative', value: largest, limit },
      { label: 'the constant', value: listed(constants) },
      { label: 'the constant that minimises a cross-entropy', value: best },
      ...(loss === undefined
        ? []
        : [
            { label: `${loss.spec.text} of this constant`, value: loss.value },
            { label: `${loss.spec.text} of the class frequencies`, value: loss.prior },
          ]),
      ...(pi === null ? [] : [{ label: 'foreground', value: 100 * pi, unit: '%' }]),
    ],
    strength: 0.95,
  };
}

/** Share of the larger of two target values; null unless there are two. */
function foregroundShare({ kind, target, ignore }: Subject): number | null {
  const known = [...target.profile.values].filter(([value]) => !ignore.includes(value));
  const [low, high] = known;
  if (kind !== 'binary' || low === undefined || high === undefined || known.length > 2) return null;
  return high[1] / (low[1] + high[1]);
}
