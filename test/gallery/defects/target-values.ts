/** Targets whose values are not the ones that the loss takes them for. */

import { array, type Draft, labelShape, labels, plain, target } from '../drafts.ts';
import { throughCoarse } from '../fields.ts';
import { jpegLike } from '../jpeg.ts';
import type { Situation } from '../situations.ts';
import { type Defect, oneChannel, severalChannels, twoClasses } from './_defect.ts';

function withTarget(
  s: Situation,
  dtype: 'uint8' | 'int16' | 'float16' | 'float32' | 'float64',
  change: (id: number) => number,
): Draft {
  return { ...plain(s), target: target(s, dtype, labels(s).map(change)) };
}

/** Mean and deviation of the class ids. */
function moments({ ids }: Situation): [mean: number, deviation: number] {
  const mean = ids.reduce((sum, id) => sum + id, 0) / ids.length;
  return [mean, Math.sqrt(ids.reduce((sum, id) => sum + (id - mean) ** 2, 0) / ids.length)];
}

/** Class ids after a linear resize there and back, slice by slice. */
function resized(s: Situation, factor: number): Float64Array {
  const plane = s.shape.slice(-2);
  const size = (plane[0] ?? 1) * (plane[1] ?? 1);
  const out = new Float64Array(s.ids.length);
  for (let start = 0; start < out.length; start += size) {
    out.set(throughCoarse(Float64Array.from(s.ids.subarray(start, start + size)), plane, factor), start);
  }
  return out;
}

export const targetValues: readonly Defect[] = [
  {
    name: 'mask of 0 and 255',
    rule: 'unscaled-binary-target',
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, plain: true },
    levels: ['bytes', 'floats', '0 and 128'],
    make: (s, level) => withTarget(s, level === 1 ? 'float32' : 'uint8', (id) => (level === 2 ? 128 : 255) * id),
  },
  {
    name: 'picture of 0 and 255 that reached the loss as it is',
    rule: 'unscaled-binary-target',
    kinds: ['binary'],
    wanted: { ...oneChannel, images: 1, plain: true },
    levels: ['cross-entropy', 'Dice', 'their sum'],
    make(s, level, ask) {
      const loss = ['bce-logits', 'dice', 'dice + bce-logits'][level] ?? '';
      const broken = { ...withTarget(s, 'uint8', (id) => 255 * id), options: { loss } };
      const hints = { format: 'png', container: 'image' as const };
      return {
        prediction: broken.prediction,
        target: array(broken.target.data, s.shape, 'uint8', hints),
        options: { loss, reported: ask.printed(ask.value(broken)) },
      };
    },
  },
  {
    name: '0 and 255 for a softmax of two',
    rule: 'unscaled-binary-target',
    or: ['label-out-of-range'],
    kinds: ['binary', 'volume'],
    wanted: { ...severalChannels, plain: true, scenes: twoClasses },
    levels: ['bytes', 'floats', '0 and 128'],
    make: (s, level) => withTarget(s, level === 1 ? 'float32' : 'uint8', (id) => (level === 2 ? 128 : 255) * id),
  },
  {
    name: 'class ids divided by 255',
    rule: 'target-divided-by-255',
    kinds: ['binary', 'classes', 'volume'],
    wanted: { plain: true },
    levels: ['float32', 'float64', 'float16'],
    make: (s, level) => withTarget(s, (['float32', 'float64', 'float16'] as const)[level], (id) => id / 255),
  },
  {
    name: 'mask normalised like an image',
    rule: 'negative-target',
    kinds: ['binary', 'volume'],
    wanted: { ...oneChannel, plain: true },
    levels: ['to -1 and 1', 'to mean 0 and deviation 1', 'to -0.5 and 0.5'],
    make(s, level) {
      const [mean, deviation] = moments(s);
      const change = [(id: number) => 2 * id - 1, (id: number) => (id - mean) / deviation, (id: number) => id - 0.5][
        level
      ];
      return withTarget(s, 'float32', change ?? Number);
    },
  },
  {
    name: 'class ids normalised like an image',
    rule: 'negative-target',
    kinds: ['classes', 'volume'],
    wanted: { ...severalChannels, unlabelled: false, plain: true },
    levels: ['ImageNet constants', 'to mean 0 and deviation 1', 'to -1..1'],
    make(s, level) {
      // -1, 0 and 1 may as well be void and two classes.
      if (level === 2 && s.classes === 3) return null;
      const [mean, deviation] = moments(s);
      const change = [
        (id: number) => (id / 255 - 0.485) / 0.229,
        (id: number) => (id - mean) / deviation,
        (id: number) => (2 * id) / (s.classes - 1) - 1,
      ][level];
      return withTarget(s, 'float32', change ?? Number);
    },
  },
  {
    name: 'labels resized linearly',
    rule: 'interpolated-labels',
    kinds: ['classes', 'volume'],
    wanted: { scenes: ['street', 'city', 'land cover', 'textures', 'brain shells'], unlabelled: false },
    levels: ['kept as floats', 'rounded', 'rounded, factor 3'],
    make(s, level) {
      const values = resized(s, level === 2 ? 3 : 2);
      return {
        ...plain(s),
        target: level === 0 ? target(s, 'float32', values) : target(s, 'uint8', values.map(Math.round)),
      };
    },
  },
  {
    name: 'mask stored as JPEG',
    rule: 'jpeg-labels',
    kinds: ['binary'],
    wanted: { ...oneChannel, images: 1, plain: true, scenes: ['lesion', 'cells', 'buildings', 'portrait'] },
    levels: ['quality 90', 'quality 75, then to PNG', 'quality 50, as a tensor'],
    make(s, level) {
      const step = [8, 20, 40][level] ?? 8;
      const values = jpegLike(
        Float64Array.from(s.ids, (id) => 255 * id),
        s.shape,
        step,
      );
      const hints = [
        { format: 'raster', container: 'image' as const, lossy: true },
        { format: 'png', container: 'image' as const },
        { format: 'npy', container: 'array' as const },
      ][level];
      return { ...plain(s), target: array(values, level === 2 ? labelShape(s) : s.shape, 'uint8', hints) };
    },
  },
  {
    name: 'class ids stored as JPEG',
    rule: 'jpeg-labels',
    kinds: ['classes'],
    wanted: {
      ...severalChannels,
      images: 4,
      unlabelled: false,
      plain: true,
      scenes: ['street', 'city', 'land cover', 'textures'],
    },
    levels: ['quality 75, then a tensor', 'quality 60, then a tensor', 'quality 75, first image as a picture'],
    make(s, level) {
      const step = level === 1 ? 32 : 20;
      const images = Array.from({ length: s.images }, (_, k) =>
        jpegLike(Float64Array.from(s.ids.subarray(k * s.pixels, (k + 1) * s.pixels)), s.shape, step),
      );
      if (level < 2)
        return {
          ...plain(s),
          target: target(
            s,
            'uint8',
            images.flatMap((it) => [...it]),
          ),
        };
      const hints = { format: 'jpeg', container: 'image', lossy: true } as const;
      const first = s.logits.subarray(0, s.channels * s.pixels);
      return {
        ...plain(s),
        prediction: array(first, [s.channels, ...s.shape], 'float32'),
        target: array(images[0] ?? [], s.shape, 'uint8', hints),
      };
    },
  },
  {
    name: 'mask emptied while it was loaded',
    rule: 'constant-target',
    kinds: ['binary', 'classes', 'volume'],
    wanted: { plain: true },
    levels: ['bytes', 'floats', '64-bit integers'],
    make: (s, level) => ({
      ...plain(s),
      target: target(s, (['uint8', 'float32', 'int64'] as const)[level], new Float64Array(s.ids.length)),
    }),
  },
];
