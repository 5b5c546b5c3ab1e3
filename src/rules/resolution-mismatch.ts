import { formatShape, type Rule, rule } from '../core/index.ts';
import { obstacleOf } from './_target-values.ts';
import { significant } from './_words.ts';

/** Prediction and target of different resolution. */
export const resolutionMismatch: Rule = rule({
  id: 'resolution-mismatch',
  title: 'prediction and target differ in resolution',
  severity: 'error',
  explain: {
    test:
      'No order of axes makes the shapes fit, and all spatial axes of one array are 2, 4, 8, 16 or 32 times those of the other, ' +
      'within a pixel. Output strides of networks are powers of two; other ratios come from cropping or padding.',
    why:
      'The decoder stops before the resolution of the image, or the masks were shrunk and the images were not. The loss refuses the ' +
      'shapes, or broadcasts where an axis happens to be 1.',
    fix: [
      {
        framework: 'PyTorch',
        text: "F.interpolate(logits, size=mask.shape[-2:], mode='bilinear', align_corners=False) before the loss and before argmax",
      },
      {
        framework: 'MONAI',
        text: 'the same on the logits; upsample in the decoder, or deep supervision with resized labels',
      },
      {
        framework: 'Keras',
        text: 'tf.image.resize(logits, size), or UpSampling2D(interpolation="bilinear") as the last layer but one',
      },
      { framework: 'mmseg', text: 'the decode head resizes by itself: export seg_logits after predict_by_feat' },
    ],
    exceptions:
      'Losses that are meant to be taken at a coarser resolution: then resize the mask with nearest neighbour.',
    seen: [
      'https://github.com/huggingface/transformers/issues/18557',
      'https://github.com/CSAILVision/semantic-segmentation-pytorch/issues/66',
      'https://github.com/zzubqh/Mask2Former-Simplify/issues/7',
    ],
  },
  examples: {
    fires: {
      prediction: 'ab\nab',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '00001111\n00001111\n00001111\n00001111\n00001111\n00001111\n00001111\n00001111',
      args: ['--loss', 'ce'],
    },
    clear: {
      prediction: 'aabb\naabb\naabb\naabb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '0011\n0011\n0011\n0011',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: [],
  explains: ['*'],
  needs: {},
  check(_values, subject, { reported }) {
    if (obstacleOf(subject, 'resolution-mismatch') === undefined) return undefined;
    const { prediction, target } = subject;
    const [p, t] = [prediction, target].map(({ shape, layout }) =>
      shape.filter((_, axis) => 'DHW'.includes(layout[axis] ?? '')),
    );
    const ratios = (t ?? []).map((length, axis) => length / (p?.[axis] ?? Number.NaN));
    const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
    const factor = 2 ** Math.round(Math.abs(Math.log2(mean)));
    const finer = mean > 1;
    const sizes = `${(p ?? []).join(' x ')} and the target ${(t ?? []).join(' x ')}`;
    const resized = reported?.verdict === 'explained' && reported.matches[0]?.formula === 'resampled';
    const remedy = finer ? 'upsample the logits to the size of the mask' : 'load the masks at full resolution';
    return {
      ...(resized && { severity: 'note', title: 'the prediction was exported before it was resized' }),
      message:
        `the prediction is ${sizes}: the ${finer ? 'target' : 'prediction'} is ${factor} times as large on every axis, and a loss wants the ` +
        `same size. ${resized ? 'the reported value is the loss of the resized prediction: export it after the resize' : remedy}`,
      evidence: [
        { label: 'prediction', value: formatShape(prediction.shape) },
        { label: 'target', value: formatShape(target.shape) },
        ...ratios.map((ratio, axis) => ({
          label: `target over prediction, axis ${axis}`,
          value: Number(significant(ratio)),
          limit: 1,
        })),
      ],
      repair: { repair: 'resample-prediction' },
      strength: 0.95,
    };
  },
});
