/** The many ways in which people store what is right: exports of a healthy situation. */
import type { Hints } from '../../src/core/index.ts';
import {
  array,
  channelsLast,
  type Draft,
  declared,
  labelShape,
  labels,
  oneHot,
  plain,
  probabilities,
  scoreShape,
  scores,
  target,
  usualLoss,
} from './drafts.ts';
import { blur } from './fields.ts';
import type { Situation } from './situations.ts';

/** One way of storing; null where it does not make sense. */
export interface Export {
  readonly name: string;
  make(s: Situation): Draft | null;
}

const picture: Hints = { format: 'png', container: 'image' };
const palette = Array.from({ length: 256 }, (_, i) => [(i * 67) % 256, (i * 131) % 256, (i * 29) % 256] as const);

function losses(s: Situation): string {
  return s.random.pick(
    s.channels === 1
      ? ['bce-logits', 'dice', 'dice + bce-logits', 'focal', 'tversky', 'lovasz-hinge']
      : [
          'ce',
          'ce',
          'dice',
          'dice-ce',
          'focal',
          'ce:label-smoothing=0.1',
          'dice + 0.5*ce',
          'lovasz-softmax',
          'topk:k=20',
        ],
  );
}

/** A logarithm of probabilities, where single precision still tells them from 0 and 1. */
function ofProbabilities(s: Situation): string {
  if (s.logits.some((z) => Math.abs(z) > 15)) return 'dice';
  return s.channels === 1 ? 'bce' : 'ce:from=probabilities';
}

export const exports: readonly Export[] = [
  { name: 'logits, float32', make: (s) => plain(s, losses(s)) },
  { name: 'logits without a loss', make: (s) => ({ ...plain(s), options: declared(s) }) },
  {
    name: 'logits, float16',
    make: (s) => ({ ...plain(s, losses(s)), prediction: scores(s, 'float16'), target: target(s, 'int64') }),
  },
  {
    name: 'probabilities, float32',
    make: (s) => ({
      prediction: scores(s, 'float32', probabilities(s)),
      target: target(s, 'int32'),
      options: { loss: s.random.pick(['dice', ofProbabilities(s)]), ...declared(s) },
    }),
  },
  {
    name: 'probabilities, float16',
    make: (s) => ({
      prediction: scores(s, 'float16', probabilities(s)),
      target: target(s),
      options: { loss: 'dice', ...declared(s) },
    }),
  },
  {
    name: 'probabilities without a loss',
    make: (s) => ({ prediction: scores(s, 'float64', probabilities(s)), target: target(s), options: declared(s) }),
  },
  {
    name: 'log-probabilities',
    make: (s) =>
      s.channels === 1
        ? null
        : {
            prediction: scores(
              s,
              'float32',
              probabilities(s).map((p) => Math.max(-80, Math.log(p))),
            ),
            target: target(s),
            options: { loss: 'nll', ...declared(s) },
          },
  },
  {
    name: 'channels last',
    make: (s) => ({
      prediction: array(
        channelsLast(s.channels === 1 ? probabilities(s) : s.logits, s.channels, s.pixels),
        [s.images, ...s.shape, s.channels],
        'float32',
      ),
      target: s.channels === 1 ? array(labels(s), [...labelShape(s), 1], 'float32') : target(s),
      options: { loss: s.channels === 1 ? ofProbabilities(s) : 'ce', ...declared(s) },
    }),
  },
  {
    name: 'one image with a picture of its mask',
    make: (s) => {
      if (s.kind === 'volume') return null;
      const values = labels(s).subarray(0, s.pixels);
      const hints = s.classes > 2 ? { ...picture, palette } : picture;
      return {
        prediction: array(
          s.logits.subarray(0, s.channels * s.pixels),
          s.channels === 1 ? s.shape : [s.channels, ...s.shape],
          'float32',
        ),
        target: array(s.classes > 2 ? values : values.map((id) => 255 * id), s.shape, 'uint8', hints),
        options: { loss: usualLoss(s), ...declared(s) },
      };
    },
  },
  {
    name: 'target with a channel axis',
    make: (s) => ({
      ...plain(s, losses(s)),
      target: array(labels(s), [s.images, 1, ...s.shape], s.channels === 1 ? 'float32' : 'int64'),
    }),
  },
  {
    name: 'one-hot target',
    make: (s) =>
      s.channels === 1
        ? null
        : {
            prediction: scores(s),
            target: array(oneHot(s), scoreShape(s), 'float32'),
            options: { loss: s.random.pick(['dice', 'ce']) },
          },
  },
  {
    name: 'soft labels',
    make: (s) => {
      if (s.channels !== 1) return null;
      const soft = new Float64Array(s.ids.length);
      for (let image = 0; image < s.images; image++) {
        const mask = Float64Array.from(s.ids.subarray(image * s.pixels, (image + 1) * s.pixels));
        soft.set(
          blur(mask, s.shape, 1).map((y) => Math.min(1, Math.max(0, y))),
          image * s.pixels,
        );
      }
      return { ...plain(s), target: target(s, 'float32', soft) };
    },
  },
  {
    name: 'void as -1',
    make: (s) =>
      s.unlabelled === null
        ? null
        : { ...plain(s), target: target(s, 'int16', labels(s, -1)), options: { loss: 'ce', ignoreIndex: -1 } },
  },
  {
    name: 'class weights',
    make: (s) =>
      s.channels === 1 ? null : { ...plain(s), options: { loss: 'ce', weights: 'balanced', ...declared(s) } },
  },
  { name: 'nested regions', make: nestedRegions },
];

/** Class k and all above it as one region: overlapping labels, a sigmoid per region. */
function nestedRegions(s: Situation): Draft | null {
  if (s.channels < 3 || s.unlabelled !== null) return null;
  const regions = s.channels - 1;
  const shape = [s.images, regions, ...s.shape];
  const [z, y] = [new Float64Array(s.images * regions * s.pixels), new Float64Array(s.images * regions * s.pixels)];
  for (let image = 0; image < s.images; image++) {
    for (let i = 0; i < s.pixels; i++) {
      const exp = Array.from({ length: s.channels }, (_, c) =>
        Math.exp(s.logits[(image * s.channels + c) * s.pixels + i] ?? 0),
      );
      for (let region = 1; region <= regions; region++) {
        const at = (image * regions + region - 1) * s.pixels + i;
        const inside = exp.slice(region).reduce((a, b) => a + b, 0);
        z[at] = Math.log(inside / exp.slice(0, region).reduce((a, b) => a + b, 0));
        y[at] = (s.ids[image * s.pixels + i] ?? 0) >= region ? 1 : 0;
      }
    }
  }
  return {
    prediction: array(z, shape, 'float32'),
    target: array(y, shape, 'uint8'),
    options: { loss: s.random.pick(['bce-logits', 'dice']) },
  };
}
